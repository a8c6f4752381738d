import { restorePurchases } from '@/lib/domain/reconciliation/restore-purchases'
import { personRoute } from '@/lib/web/rest'

export const POST = personRoute(async ({ actor }) => {
  const outcome = await restorePurchases(actor)
  return outcome.status === 'running'
    ? { status: 202, body: { status: outcome.status } }
    : { body: { restored: outcome.restored } }
})
