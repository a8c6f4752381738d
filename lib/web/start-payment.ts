import { z } from 'zod'
import { openCheckout } from '@/lib/domain/checkout/open-checkout'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { priceFor } from '@/lib/domain/plans/price'
import { findPlan, rails } from '@/lib/domain/plans/queries'
import { planCode } from '@/lib/domain/plans/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { sessionAction } from './session-action'

const startPaymentInput = z.object({
  plan_code: planCode,
  method: z.enum(['stars', 'stripe']),
  /** What the page showed: nobody is asked for another price than they saw. */
  price: z.object({ currency: z.string(), amount: z.int() }),
})
export type StartPaymentInput = z.infer<typeof startPaymentInput>

/**
 * Begins a payment in the browser; gives the address where it goes on. Refuses: unauthorized,
 * forbidden_origin, conflict (another price), and what making an invoice or a checkout refuses.
 */
export const startPayment = sessionAction(startPaymentInput, async (actor, input) => {
  await requireShownPrice(input)
  return { href: await begin(actor, input) }
})

async function begin(actor: PersonActor, input: StartPaymentInput): Promise<string> {
  const { plan_code, method } = input
  if (method === 'stripe') return (await openCheckout(actor, { plan_code })).checkout_url
  const { invoice_id } = await createInvoice(actor, { plan_code, method })
  return `/pay/${invoice_id}`
}

async function requireShownPrice({ plan_code, method, price }: StartPaymentInput): Promise<void> {
  const plan = await findPlan(plan_code)
  const current = plan && priceFor(plan, method, rails())
  if (!current) return
  if (current.amount === price.amount && current.currency === price.currency) return
  throw new Refusal('conflict', 'The price has changed.')
}
