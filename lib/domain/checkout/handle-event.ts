import type Stripe from 'stripe'
import { ZodError, z } from 'zod'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { noteStripeSubscription } from '@/lib/domain/subscriptions/note-stripe-subscription'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { serially } from '@/lib/platform/exclusive'
import { addLogContext, describeError, log } from '@/lib/platform/log'
import { findPaymentOf } from '@/lib/stripe/charges'
import { newsOf, type StripeNews } from '@/lib/stripe/events'
import { readSubscription } from '@/lib/stripe/subscriptions'
import { settleReturned } from './settle-returned'
import { hasEvent, insertEvent, setCustomer } from './store'

type StripeActor = Extract<Actor, { kind: 'stripe' }>
export type EventOutcome = 'handled' | 'ignored' | 'repeated' | 'review'

const json = z.json()

/**
 * Handles one event, once, in whatever order events come: charges go into the ledger by their id,
 * and of everything that can change back Stripe is asked how it stands now. An event of an
 * unexpected shape is kept for review. Throws when it could not be committed: it must come again.
 */
export async function handleEvent(actor: StripeActor, event: Stripe.Event): Promise<EventOutcome> {
  if (await hasEvent(event.id)) return 'repeated'
  const { outcome, reason } = await attempt(actor, event)
  const body = json.parse(JSON.parse(JSON.stringify(event)))
  await insertEvent(
    { id: event.id, type: event.type, state: outcome, reason, body: body ?? {} },
    await now(),
  )
  return outcome
}

type Attempted = { outcome: Exclude<EventOutcome, 'repeated'>; reason: string | null }

async function attempt(actor: StripeActor, event: Stripe.Event): Promise<Attempted> {
  let news: StripeNews
  try {
    news = newsOf(event)
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    log().error({ event: 'stripe_event_in_review', type: event.type, ...describeError(error) })
    return { outcome: 'review', reason: 'unexpected_shape' }
  }
  const isOurs = await follow(actor, news)
  return { outcome: isOurs ? 'handled' : 'ignored', reason: null }
}

/** False when it was nothing of ours. */
async function follow(actor: StripeActor, news: StripeNews): Promise<boolean> {
  switch (news.kind) {
    case 'ignored':
      return false
    case 'paid':
      await recordPaid(actor, news, news.chargeId)
      return true
    case 'period_paid':
      await recordPaid(actor, news, (await findPaymentOf(news.chargeId)) ?? news.chargeId)
      return true
    case 'returned':
      return settleReturned(actor, news.paymentIntentId)
    case 'subscription':
      return followSubscription(actor, news.subscriptionId)
  }
}

async function recordPaid(
  actor: StripeActor,
  news: Extract<StripeNews, { kind: 'paid' | 'period_paid' }>,
  paymentIntentId: string,
): Promise<void> {
  const { payload, telegramUserId, chargeId } = news
  addLogContext(purchaseContext({ payload, telegramUserId, chargeId }))
  const isPeriod = news.kind === 'period_paid'
  await recordCharge(actor, {
    provider: 'stripe',
    toldBy: 'stripe',
    chargeId,
    providerChargeId: paymentIntentId,
    payer: { telegramUserId, firstName: '', lastName: null, username: null, languageCode: null },
    currency: news.currency,
    amount: news.amount,
    payload,
    isRecurring: isPeriod,
    isFirstRecurring: isPeriod && news.isFirst,
    subscriptionExpiresAt: isPeriod ? news.endsAt : null,
    chargedAt: news.chargedAt,
    ...(isPeriod ? { subscriptionId: news.subscriptionId } : {}),
  })
  if (news.customerId) await setCustomer(telegramUserId, news.customerId)
  // A refund or a dispute may have been told before the charge.
  await settleReturned(actor, paymentIntentId)
  if (isPeriod) await followSubscription(actor, news.subscriptionId)
}

/** Events of a subscription may come in any order: what holds is what Stripe says now. */
function followSubscription(actor: StripeActor, subscriptionId: string): Promise<boolean> {
  return serially(`stripe:${subscriptionId}`, async () => {
    const { state, payload } = await readSubscription(subscriptionId)
    if (state === 'unknown' || !payload) return false
    const noted = await noteStripeSubscription(actor, { subscriptionId, payload, state })
    return noted !== 'ignored'
  })
}
