import { z } from 'zod'

/** What a question, a charge and a refund have in common. */
const payment = z.object({
  invoice_payload: z.string(),
  currency: z.string(),
  total_amount: z.number(),
})

/** An update holds its payment two levels down. */
const depthMax = 4

/** Whether a text is the JSON of a payment, which only somebody types who hopes that it is taken for one. */
export function looksLikePayment(text: string): boolean {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return false
  try {
    return holdsPayment(JSON.parse(trimmed), depthMax)
  } catch {
    return false
  }
}

function holdsPayment(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (payment.safeParse(value).success) return true
  return depth > 0 && Object.values(value).some((part) => holdsPayment(part, depth - 1))
}
