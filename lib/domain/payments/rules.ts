import {
  byCharge,
  type FoldCharge,
  type FoldedEntitlement,
  foldCharges,
} from '@/lib/domain/entitlements/fold'
import { isAlreadyEntitled } from '@/lib/domain/entitlements/standing'
import type { Payload } from '@/lib/domain/invoices/payload'
import { addDays, addSeconds } from '@/lib/kit/period'
import type { Charge, Question } from './charge'
import { chargeKind } from './charge'
import type { ChargeFacts, KnownCharge, QuestionFacts, SubscriptionFacts } from './facts'
import type { RefusedReason, ReviewReason } from './schema'

/** How long before its end a running subscription may be paid again. */
const renewableDays = 3

type Settings = { now: Date; graceHours: number; renewalWindowDays: number }

/** Whether this person may pay this now: `ok`, or the first reason that applies. */
export function decideQuestion(
  question: Question,
  payload: Payload | null,
  facts: QuestionFacts,
  settings: Settings,
): 'ok' | RefusedReason {
  const { invoice, plan } = facts
  if (!payload) return 'malformed_payload'
  if (!invoice) return 'unknown_invoice'
  if (payload.planCode !== invoice.planCode) return 'plan_mismatch'
  if (question.payload !== invoice.payload) return 'malformed_payload'
  if (question.payer.telegramUserId !== invoice.telegramUserId) return 'wrong_user'
  if (question.currency !== invoice.currency) return 'currency_mismatch'
  if (question.amount !== invoice.amount) return 'amount_mismatch'
  const renewal = decideRenewal(facts.subscription, settings)
  if (renewal === 'ok') return facts.isBanned ? 'banned' : 'ok'
  if (renewal) return renewal
  if (!plan?.onSale) return 'plan_unavailable'
  if (plan.price !== invoice.amount) return 'price_changed'
  if (invoice.status !== 'open') return 'already_paid'
  if (isAlreadyEntitled(facts.entitlements, plan, settings)) return 'already_entitled'
  if (settings.now > invoice.expiresAt) return 'invoice_expired'
  if (facts.isBanned) return 'banned'
  return 'ok'
}

/**
 * A subscription that runs was agreed on once: its plan may be retired or cost something else by
 * now. Null when nothing runs, so that the ordinary rules decide.
 */
function decideRenewal(
  subscription: QuestionFacts['subscription'],
  { now, graceHours }: Settings,
): 'ok' | 'already_paid' | null {
  if (!subscription) return null
  const { endsAt, renews } = subscription
  const isOver = now >= (renews ? addSeconds(endsAt, graceHours * 3600) : endsAt)
  if (isOver) return null
  return now >= addDays(endsAt, -renewableDays) ? 'ok' : 'already_paid'
}

export type ChargeDecision =
  | { kind: 'duplicate'; sharpens: Sharpening | null }
  | {
      kind: 'review'
      reason: ReviewReason
      /** Payloads of running subscriptions that are paid for nothing. */
      stops: string[]
    }
  | {
      kind: 'completed'
      note: 'paid_twice' | null
      /** The invoice row is gone (restored backup) and is made again. */
      remakesInvoice: boolean
      sold: { planCode: string; kind: 'one_off' | 'subscription'; days: number | null }
      entitlements: FoldedEntitlement[]
      /** The subscription as it stands after this charge. */
      subscription: SubscriptionChange | null
      /** Payloads of running subscriptions that this purchase makes needless. */
      stops: string[]
    }

/** What a second telling of a charge says more exactly than the first. */
export type Sharpening = {
  chargedAt: Date
  providerChargeId: string | null
  isRecurring: boolean
  isFirstRecurring: boolean
  subscriptionExpiresAt: Date | null
  toldBy: KnownCharge['toldBy']
}

export type SubscriptionChange = Pick<
  SubscriptionFacts,
  'state' | 'stateUpdateId' | 'firstChargeId'
> & { isNews: boolean }

/**
 * What a charge that arrived amounts to. It is never refused: what does not fit is kept for review.
 * `hasValidTag` says that the payload's tag fits the charge's own payer, currency and amount.
 */
export function decideCharge(
  charge: Charge,
  payload: Payload | null,
  hasValidTag: boolean,
  facts: ChargeFacts,
  updateId: number | null,
): ChargeDecision {
  if (facts.known) return { kind: 'duplicate', sharpens: sharpen(facts.known, charge) }
  const misfit = misfitOf(charge, payload, hasValidTag, facts)
  if (misfit) return review(misfit)
  const { invoice, plan } = facts
  if (!plan) return review('unknown_payload')

  const isSubscription = chargeKind(charge) !== 'one_off'
  const sold = {
    planCode: plan.code,
    kind: isSubscription ? ('subscription' as const) : ('one_off' as const),
    days: invoice ? invoice.days : plan.durationDays,
  }
  const subscription = isSubscription
    ? subscriptionAfter(charge, facts.subscription, updateId)
    : null
  // The renewal of one that was paid for nothing is judged like its first charge.
  const goesOn = facts.charges.some((one) => one.payload === charge.payload)
  const isJudged = chargeKind(charge) === 'first' || facts.addedNothing
  if (isSubscription && !goesOn && isJudged && hasAnotherRunning(charge, facts)) {
    return review('adds_nothing', [charge.payload])
  }
  const renews = subscription?.state !== 'canceled' && !facts.subscription?.isStopped
  const known = facts.charges.map((one) =>
    isSubscription && one.payload === charge.payload ? { ...one, renews } : one,
  )
  const added = { ...toFold(charge, plan.tier, sold), renews, payload: charge.payload }
  const entitlements = foldCharges([...known, added])
  if (!isSubscription && isHeldForLife(added, known)) return review('adds_nothing')
  return {
    kind: 'completed',
    note: !isSubscription && invoice?.status === 'paid' ? 'paid_twice' : null,
    remakesInvoice: !invoice,
    sold,
    entitlements,
    subscription,
    stops: chargeKind(charge) === 'renewal' ? [] : needlessBeside(added, facts.charges),
  }
}

const review = (reason: ReviewReason, stops: string[] = []) =>
  ({ kind: 'review', reason, stops }) as const

/**
 * Null when the second telling adds nothing. The earliest date is the charge's; of flags, the
 * provider's id and the end of a subscription an update knows more than a list.
 */
export function sharpen(known: KnownCharge, charge: Charge): Sharpening | null {
  const isEarlier = charge.chargedAt < known.chargedAt
  const isBetter = charge.toldBy === 'update' && known.toldBy !== 'update'
  if (!isEarlier && !isBetter) return null
  const better = isBetter ? charge : known
  return {
    chargedAt: isEarlier ? charge.chargedAt : known.chargedAt,
    providerChargeId: better.providerChargeId ?? known.providerChargeId,
    isRecurring: better.isRecurring,
    isFirstRecurring: better.isFirstRecurring,
    subscriptionExpiresAt: better.subscriptionExpiresAt,
    toldBy: better.toldBy,
  }
}

type Counted = Omit<FoldCharge, 'source'> & { payload: string }

/**
 * Payloads of running subscriptions that this charge makes needless, or its own when something bought
 * since includes what it renews. What was bought last decides, not what was told last.
 */
export function needlessBeside(added: Counted, others: readonly Counted[]): string[] {
  const needless = others
    .filter((one) => one.payload !== added.payload && isSince(added, one) && includes(added, one))
    .map((one) => one.payload)
  const isNeedless = others.some((one) => isSince(one, added) && includes(one, added))
  return [...new Set([...needless, ...(isNeedless ? [added.payload] : [])])]
}

const isSince = (later: Counted, earlier: Counted) => later.chargedAt >= earlier.chargedAt

/** A higher plan, or the same for life, includes what a running subscription would charge for. */
function includes(bought: Counted, running: Counted): boolean {
  const isForLife = bought.kind === 'one_off' && bought.days === null
  const isCovered = running.tier < bought.tier || (isForLife && running.tier === bought.tier)
  return running.kind === 'subscription' && running.renews && isCovered
}

/**
 * A charge is evidence that its subscription runs, as strong as an `active` update of the same id:
 * the highest update id wins, and a charge found in Telegram's list has none. Only a state from days
 * before gives way to whatever comes later.
 */
export function subscriptionAfter(
  charge: Pick<Charge, 'chargeId' | 'isFirstRecurring' | 'subscriptionId'>,
  known: SubscriptionFacts | null,
  updateId: number | null,
): SubscriptionChange {
  const isNews = known === null || known.isOutlived || (updateId ?? 0) > known.stateUpdateId
  const isRenumbered = known?.isOutlived === true && updateId !== null
  return {
    state: isNews ? 'active' : known.state,
    stateUpdateId: isRenumbered ? updateId : Math.max(known?.stateUpdateId ?? 0, updateId ?? 0),
    isNews,
    firstChargeId:
      charge.subscriptionId ??
      (charge.isFirstRecurring ? charge.chargeId : (known?.firstChargeId ?? null)),
  }
}

/** The same plan cannot be subscribed to twice: the second would be paid for nothing. */
function hasAnotherRunning(charge: Charge, facts: ChargeFacts): boolean {
  return facts.charges.some(
    (one) =>
      one.kind === 'subscription' &&
      one.planCode === facts.plan?.code &&
      one.payload !== charge.payload &&
      one.subscriptionExpiresAt !== null &&
      one.subscriptionExpiresAt > charge.chargedAt &&
      one.renews,
  )
}

function misfitOf(
  charge: Charge,
  payload: Payload | null,
  hasValidTag: boolean,
  { invoice }: ChargeFacts,
): ReviewReason | null {
  if (!payload) return 'unknown_payload'
  if (!invoice) return hasValidTag ? null : 'unknown_payload'
  if (charge.payload !== invoice.payload) return 'unknown_payload'
  if (charge.payer.telegramUserId !== invoice.telegramUserId) return 'wrong_payer'
  if (charge.currency !== invoice.currency) return 'wrong_currency'
  if (charge.amount !== invoice.amount) return 'wrong_amount'
  return null
}

function toFold(
  charge: Charge,
  tier: number,
  sold: { planCode: string; kind: 'one_off' | 'subscription'; days: number | null },
): Omit<FoldCharge, 'renews'> {
  return {
    ...sold,
    tier,
    chargeId: charge.chargeId,
    chargedAt: charge.chargedAt,
    subscriptionExpiresAt: charge.subscriptionExpiresAt,
    source: charge.provider,
  }
}

/** The same plan for life, or days behind the same or a higher tier for life, cannot add anything. */
function isHeldForLife(added: Counted, others: readonly Counted[]): boolean {
  const forLife = others.filter((one) => one.kind === 'one_off' && one.days === null)
  if (added.days === null) return forLife.some((one) => one.planCode === added.planCode)
  return forLife.some((one) => one.tier >= added.tier && byCharge(one, added) < 0)
}
