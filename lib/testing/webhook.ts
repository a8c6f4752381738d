import { randomBytes, randomInt } from 'node:crypto'
import { Agent, request } from 'node:http'
import { makePaymentUpdate, makePreCheckoutUpdate } from './telegram-requests'

/** Who pays, as far as an update tells. */
type Payer = { id: number; first_name: string }

export type Answer = { status: number; body: string; retryAfter: string | undefined }

const personOf = (payer: Payer) => ({ telegramUserId: payer.id, firstName: payer.first_name })

/** The update that tells about a payment in Stars, as Telegram sends it. */
export function paymentUpdate(payer: Payer, payload: string, amount: number): string {
  const chargeId = `stx${randomBytes(40).toString('base64url')}`
  return JSON.stringify(makePaymentUpdate(personOf(payer), { chargeId, payload, amount }))
}

/** The update that asks whether a person may pay. */
export function preCheckoutUpdate(payer: Payer, payload: string, amount: number): string {
  const id = String(randomInt(1_000_000_000))
  return JSON.stringify(makePreCheckoutUpdate(personOf(payer), { id, payload, amount }))
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
