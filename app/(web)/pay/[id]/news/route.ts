import { requireInvoiceNews } from '@/lib/domain/invoices/queries'
import { personRoute } from '@/lib/web/rest'

/** What the page asks now and then where events do not get through. */
export const GET = personRoute<{ id: string }>(async ({ actor, params }) => ({
  body: await requireInvoiceNews(actor, params.id),
}))
