import { z } from 'zod'
import type { LocalStack } from './local-stack'

const invoiceSchema = z.object({
  invoice_id: z.string(),
  invoice_link: z.string(),
  amount: z.number(),
})

/** An open invoice of this person, made through the REST interface. */
export async function orderPlan(
  stack: LocalStack,
  initData: string,
): Promise<{ id: string; link: string; amount: number }> {
  const response = await fetch(`${stack.appUrl}/api/v1/telegram/payment/send-invoice`, {
    method: 'POST',
    headers: { authorization: `tma ${initData}`, 'content-type': 'application/json' },
    body: JSON.stringify({ plan_code: 'gold_1m' }),
  })
  if (response.status !== 201) throw new Error(`send-invoice: ${await response.text()}`)
  const invoice = invoiceSchema.parse(await response.json())
  return { id: invoice.invoice_id, link: invoice.invoice_link, amount: invoice.amount }
}
