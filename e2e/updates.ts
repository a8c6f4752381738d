import { randomBytes, randomInt } from 'node:crypto'
import { Agent, request } from 'node:http'
import { z } from 'zod'
import type { LocalStack } from './local-stack'
import type { Person } from './telegram'

const invoiceSchema = z.object({
  invoice_id: z.string(),
  invoice_link: z.string(),
  amount: z.number(),
})

export type Answer = { status: number; body: string; retryAfter: string | undefined }

/** The update that tells about a payment in Stars, as Telegram sends it. */
export function paymentUpdate(payer: Person, payload: string, amount: number): string {
  const from = { id: payer.id, is_bot: false, first_name: payer.first_name }
  return JSON.stringify({
    update_id: randomInt(1_000_000_000),
    message: {
      message_id: randomInt(1_000_000),
      from,
      chat: { id: payer.id, first_name: payer.first_name, type: 'private' },
      date: Math.floor(Date.now() / 1000),
      successful_payment: {
        currency: 'XTR',
        total_amount: amount,
        invoice_payload: payload,
        telegram_payment_charge_id: `stx${randomBytes(40).toString('base64url')}`,
        provider_payment_charge_id: `${payer.id}_0`,
      },
    },
  })
}

/** The update that asks whether a person may pay. */
export function preCheckoutUpdate(payer: Person, payload: string, amount: number): string {
  return JSON.stringify({
    update_id: randomInt(1_000_000_000),
    pre_checkout_query: {
      id: String(randomInt(1_000_000_000)),
      from: { id: payer.id, is_bot: false, first_name: payer.first_name },
      currency: 'XTR',
      total_amount: amount,
      invoice_payload: payload,
    },
  })
}

/** Delivers updates over at most this many connections, as Telegram does. */
export function createDeliverer(stack: LocalStack, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const deliver = (update: string) =>
    new Promise<Answer>((resolve, reject) => {
      const call = request(
        `${stack.appUrl}/api/v1/telegram/webhook`,
        {
          agent,
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'X-Telegram-Bot-Api-Secret-Token': stack.env.TELEGRAM_WEBHOOK_SECRET,
          },
        },
        (response) => {
          let body = ''
          response.setEncoding('utf8').on('data', (chunk: string) => {
            body += chunk
          })
          response.on('end', () => {
            const retryAfter = response.headers['retry-after']
            resolve({ status: response.statusCode ?? 0, body, retryAfter })
          })
        },
      )
      call.on('error', reject)
      call.end(update)
    })
  return { deliver, close: () => agent.destroy() }
}

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
