import type Stripe from 'stripe'
import { ZodError } from 'zod'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { noteStripeSubscription } from '@/lib/domain/subscriptions/note-stripe-subscription'
import type { Actor } from '@/lib/kit/actor'
import { serially } from '@/lib/platform/exclusive'
import { addLogContext, log } from '@/lib/platform/log'
import { findPaymentOf } from '@/lib/stripe/charges'
import { newsOf, type StripeNews } from '@/lib/stripe/events'
import { readSubscription } from '@/lib/stripe/subscriptions'
import { withoutPerson } from '@/lib/stripe/without-person'
import { keepEvent } from './keep-event'
import { settleReturned } from './settle-returned'
import { setCustomer } from './store'
import { type EventState, findEventState, type KeptEvent } from './store-events'

type StripeActor = Extract<Actor, { kind: 'stripe' }>
export type EventOutcome = EventState | 'repeated'

/**
 * Handles one event, once, in whatever order events come: charges go into the ledger by their id,
 * and of everything that can change back Stripe is asked how it stands now. An event of an
 * unexpected shape is kept for review, told to the admins, and tried again whenever it comes again.
 * Throws when it could not be committed: it must come again.
 */
export async function handleEvent(actor: StripeActor, event: Stripe.Event): Promise<EventOutcome> {
  const before = await findEventState(event.id)
  if (before !== null && before !== 'review') return 'repeated'
  const { state, reason, telegramUserId } = await attempt(actor, event)
  if (state === 'review' && before === null) {
    log().error({ event: 'stripe_event_in_review', type: event.type, reason })
  }
  const body = state === 'ignored' ? {} : (withoutPerson(event) ?? {})
  const { id, type } = event
  const kept = { id, type, state, reason, body, telegramUserId }
  await keepEvent(actor, kept, before === null ? 'new' : 'in_review')
  return state
}

type Attempted = Pick<KeptEvent, 'state' | 'reason' | 'telegramUserId'>

async function attempt(actor: StripeActor, event: Stripe.Event): Promise<Attempted> {
  let news: StripeNews
  try {
    news = newsOf(event)
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    return { state: 'review', reason: problemOf(error), telegramUserId: null }
  }
  const telegramUserId = await follow(actor, news)
  const state = telegramUserId === null ? 'ignored' : 'handled'
  return { state, reason: null, telegramUserId }
}

/** Where its shape is not what we expect. Never what stands there. */
function problemOf({ issues }: ZodError): string {
  return issues.map(({ path, code }) => `${path.join('.') || 'value'}: ${code}`).join(', ')
}

/** Whose money it is about; null when it was nothing of ours. */
async function follow(actor: StripeActor, news: StripeNews): Promise<number | null> {
  switch (news.kind) {
    case 'ignored':
      return null
    case 'paid':
      return recordPaid(actor, news, news.chargeId)
    case 'period_paid':
      return recordPaid(actor, news, (await findPaymentOf(news.chargeId)) ?? news.chargeId)
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
): Promise<number> {
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
  return telegramUserId
}

/** Events of a subscription may come in any order: what holds is what Stripe says now. */
function followSubscription(actor: StripeActor, subscriptionId: string): Promise<number | null> {
  return serially(`stripe:${subscriptionId}`, async () => {
    const { state, payload } = await readSubscription(subscriptionId)
    if (state === 'unknown' || !payload) return null
    return noteStripeSubscription(actor, { subscriptionId, payload, state })
  })
}
