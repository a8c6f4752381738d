import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { personRoute } from '@/lib/web/rest'

export const GET = personRoute(async ({ actor }) => ({
  body: await listEntitlements(actor, actor.telegramUserId),
}))
