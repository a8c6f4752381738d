import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Clock } from '@/simulator/server/clock'

export type Answer = { status: number; body: string } | { error: string }

const LONGEST = 20_000

/** One POST of one event. Never rejects; redirects are not followed. */
export function post(
  clock: Clock,
  address: string,
  message: { body: string; signature: string },
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve) => {
    const url = new URL(address)
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(url, {
      method: 'POST',
      signal,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(message.body),
        'Stripe-Signature': message.signature,
        'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
    })
    const timer = clock.after(LONGEST, () => finish({ error: 'Timed out' }))
    const finish = (answer: Answer) => {
      timer.cancel()
      resolve(answer)
      if ('error' in answer) request.destroy()
    }
    request.on('error', (error) => finish({ error: error.message || 'Connection failed' }))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => finish({ error: 'Connection closed' }))
      response.on('end', () => {
        finish({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') })
      })
    })
    request.end(message.body)
  })
}
