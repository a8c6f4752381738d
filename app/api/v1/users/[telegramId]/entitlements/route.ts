import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { parseInput, serviceRoute, telegramIdParam } from '@/lib/web/rest'

export const GET = serviceRoute<{ telegramId: string }>(async ({ actor, params }) => ({
  body: await listEntitlements(actor, parseInput(params.telegramId, telegramIdParam)),
}))
