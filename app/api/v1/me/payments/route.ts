import { listPayments } from '@/lib/domain/payments/queries'
import { personRoute } from '@/lib/web/rest'

export const GET = personRoute(async ({ actor }) => ({ body: await listPayments(actor) }))
