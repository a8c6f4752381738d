import 'server-only'
import { handleEvent } from '@/lib/domain/checkout/handle-event'
import { now } from '@/lib/platform/clock'
import { incident } from '@/lib/platform/incident'
import { describeError, log, withLogContext } from '@/lib/platform/log'
import { readBodyUpTo } from '@/lib/platform/request-body'
import { takesCards } from '@/lib/stripe/client'
import { readEvent } from '@/lib/stripe/events'

const bodyBytesMax = 1024 * 1024
const retryAfterSeconds = 5

/**
 * One delivery from Stripe. 2xx is said only after the commit, because it makes Stripe forget the
 * event. 400 not signed by Stripe or too old; 404 while cards are not set up; 413 too large; 200
 * handled, repeated, unknown or kept for review; 503 with Retry-After when it could not be committed.
 */
export async function receiveStripeEvent(request: Request): Promise<Response> {
  if (!takesCards()) return say(404, 'cards are not set up')
  const body = await readBodyUpTo(request, bodyBytesMax)
  if (body === undefined) return say(413, 'too large')
  return withLogContext({}, () => handle(body, request.headers.get('stripe-signature') ?? ''))
}

async function handle(body: string, signature: string): Promise<Response> {
  try {
    const event = readEvent(body, signature, await now())
    if (!event) {
      incident('stripe_forged')
      return say(400, 'not signed by Stripe')
    }
    const outcome = await handleEvent({ kind: 'stripe' }, event)
    log().info({ event: 'stripe_event', outcome, type: event.type })
    return say(200, outcome)
  } catch (error) {
    log().error({ event: 'stripe_event_failed', outcome: 'retry', ...describeError(error) })
    const response = say(503, 'not committed, send it again')
    response.headers.set('retry-after', String(retryAfterSeconds))
    return response
  }
}

function say(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain' } })
}
