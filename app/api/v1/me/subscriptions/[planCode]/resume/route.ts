import { requireEntitlement } from '@/lib/domain/entitlements/queries'
import { resumeSubscription } from '@/lib/domain/subscriptions/cancel-subscription'
import { personRoute } from '@/lib/web/rest'

export const POST = personRoute<{ planCode: string }>(
  async ({ actor, params }) => {
    await resumeSubscription(actor, params.planCode)
    return { body: await requireEntitlement(actor, params.planCode) }
  },
  { initData: 'sensitive' },
)
