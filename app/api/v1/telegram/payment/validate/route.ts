import { validateInput } from '@/lib/domain/payments/schema'
import { readBody, serviceRoute } from '@/lib/web/rest'
import { validatePayment } from '@/lib/web/validate-payment'

export const POST = serviceRoute(async ({ actor, request }) => ({
  body: await validatePayment(actor, await readBody(request, validateInput)),
}))
