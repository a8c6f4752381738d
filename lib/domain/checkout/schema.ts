import { z } from 'zod'
import { planCode } from '@/lib/domain/plans/schema'

/** What a buyer in a browser asks for. */
export const openCheckoutInput = z.object({ plan_code: planCode })
export type OpenCheckoutInput = z.infer<typeof openCheckoutInput>

/** A page at Stripe on which one invoice can be paid. `expires_at` is ISO 8601. */
export const checkoutDto = z.object({
  invoice_id: z.uuid(),
  checkout_url: z.url(),
  plan_code: planCode,
  currency: z.string(),
  amount: z.int(),
  expires_at: z.iso.datetime(),
})
export type CheckoutDto = z.infer<typeof checkoutDto>
