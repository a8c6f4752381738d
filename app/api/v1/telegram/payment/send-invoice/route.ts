import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { createInvoiceInput } from '@/lib/domain/invoices/schema'
import { personRoute, readBody } from '@/lib/web/rest'

export const POST = personRoute(async ({ actor, request }) => ({
  status: 201,
  body: await createInvoice(actor, await readBody(request, createInvoiceInput)),
}))
