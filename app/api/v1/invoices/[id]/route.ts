import { requireInvoice } from '@/lib/domain/invoices/queries'
import { personRoute } from '@/lib/web/rest'

export const GET = personRoute<{ id: string }>(async ({ actor, params }) => ({
  body: await requireInvoice(actor, params.id),
}))
