import { randomBytes, randomInt } from 'node:crypto'
import { Agent, request } from 'node:http'

/** Who pays, as far as an update tells. */
type Payer = { id: number; first_name: string }

export type Answer = { status: number; body: string; retryAfter: string | undefined }

/** The update that tells about a payment in Stars, as Telegram sends it. */
export function paymentUpdate(payer: Payer, payload: string, amount: number): string {
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
export function preCheckoutUpdate(payer: Payer, payload: string, amount: number): string {
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
export function createDeliverer(
  app: { appUrl: string; env: Record<string, string> },
  connections: number,
) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const deliver = (update: string) =>
    new Promise<Answer>((resolve, reject) => {
      const call = request(
        `${app.appUrl}/api/v1/telegram/webhook`,
        {
          agent,
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'X-Telegram-Bot-Api-Secret-Token': app.env.TELEGRAM_WEBHOOK_SECRET,
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
