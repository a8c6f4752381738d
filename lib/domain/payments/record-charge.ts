import { hasValidTag, type Payload, parsePayload } from '@/lib/domain/invoices/payload'
import type { Actor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { invariant } from '@/lib/kit/invariant'
import { addSeconds, fromUnix } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { incident } from '@/lib/platform/incident'
import type { JobSpec } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { count, observe } from '@/lib/platform/metrics'
import { type Charge, chargeKind, type RawUpdate } from './charge'
import type { ChargeFacts } from './facts'
import { expireCheckoutsJob, stopJob } from './jobs'
import { type ChargeDecision, decideCharge } from './rules'
import { sharpenCharge } from './sharpen-charge'
import { applyCharge, type ChargeChange, loadChargeFacts } from './store'

export type ChargeOutcome = 'completed' | 'duplicate' | 'review'

const attemptsMax = 3

/**
 * Records money that arrived and gives what it bought, once, however often and in whatever order it
 * is told. Refuses nothing: what does not fit is kept for review. Throws only when it could not be
 * committed; then nothing was written and the caller must be told again.
 */
export async function recordCharge(
  _actor: Extract<Actor, { kind: 'telegram' | 'stripe' | 'system' }>,
  told: Charge,
  raw: RawUpdate | null = null,
): Promise<ChargeOutcome> {
  const charge = withSubscriptionEnd(told)
  const payload = parsePayload(charge.payload)
  const tagIsValid =
    payload !== null &&
    hasValidTag(payload, { ...charge, telegramUserId: charge.payer.telegramUserId })
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const at = await now()
    const facts = await loadChargeFacts(charge, payload, raw?.updateId ?? null, at)

    const decision = decideCharge(charge, payload, tagIsValid, facts, raw?.updateId ?? null)

    if (decision.kind === 'duplicate') {
      if (decision.sharpens) await sharpenCharge(charge, decision.sharpens, raw)
      else if (raw && facts.known?.toldBy === 'update' && !facts.known.isSameUpdate) {
        incident('update_replayed', { updateId: raw.updateId })
      }
      return tell(charge, facts, decision)
    }
    const change = changeOf(charge, payload, facts, decision, raw, at)
    if (await applyCharge(change, at)) return tell(charge, facts, decision, at)
  }
  throw new Error(`the charge lost ${attemptsMax} races for its payer's row`)
}

/** Telegram's own list of transactions has no end date; a period from the charge is the rule then. */
function withSubscriptionEnd(charge: Charge): Charge {
  if (!charge.isRecurring || charge.subscriptionExpiresAt) return charge
  const end = addSeconds(charge.chargedAt, env().SUBSCRIPTION_PERIOD_SECONDS)
  return { ...charge, subscriptionExpiresAt: end }
}

function changeOf(
  charge: Charge,
  payload: Payload | null,
  facts: ChargeFacts,
  decision: Exclude<ChargeDecision, { kind: 'duplicate' }>,
  raw: RawUpdate | null,
  at: Date,
): ChargeChange {
  const isRenewal = chargeKind(charge) === 'renewal'
  const eventId = (!isRenewal && facts.questionId) || newId(at)
  const base = { charge, eventId, payer: facts.payer, raw }
  if (decision.kind === 'review') {
    const isOwn = facts.invoice?.telegramUserId === charge.payer.telegramUserId
    return {
      ...base,
      status: 'review',
      reason: decision.reason,
      sold: { planCode: facts.plan?.code ?? null, kind: null, days: null },
      // Somebody else's money does not close the owner's invoice.
      invoice:
        facts.invoice && isOwn
          ? { action: 'settle', id: facts.invoice.id, status: 'review' }
          : { action: 'none' },
      entitlements: [],
      revokes: [],
      subscription: null,
      entitlementId: null,
      jobs: [
        buyerJob(eventId),
        adminsJob('payment_in_review', eventId),
        ...decision.stops.map((one) => stopJob(charge.payer.telegramUserId, one)),
      ],
    }
  }
  const entitlements = decision.entitlements.map((one) => ({
    ...one,
    id: facts.entitlements.find((row) => row.planCode === one.planCode)?.id ?? newId(at),
  }))
  const bought = entitlements.find((one) => one.planCode === decision.sold.planCode)
  invariant(bought && payload, 'a completed charge has a payload and an entitlement')
  return {
    ...base,
    status: 'completed',
    reason: decision.note,
    sold: decision.sold,
    invoice: decision.remakesInvoice
      ? { action: 'make', id: payload.invoiceId, expiresAt: fromUnix(payload.issuedAt) }
      : { action: 'settle', id: payload.invoiceId, status: 'paid' },
    entitlements,
    // A charge told late may come before one that adds nothing beside it.
    revokes: facts.entitlements
      .filter((row) => !row.revokedAt && !entitlements.some((one) => one.id === row.id))
      .map((row) => row.id),
    subscription: decision.subscription,
    entitlementId: bought.id,
    jobs: [
      buyerJob(eventId),
      ...(decision.note ? [adminsJob(decision.note, eventId)] : []),
      ...(facts.hasOpenCheckout && chargeKind(charge) !== 'renewal'
        ? [expireCheckoutsJob(charge.payer.telegramUserId, eventId)]
        : []),
      ...decision.stops.map((one) => stopJob(charge.payer.telegramUserId, one)),
    ],
  }
}

const buyerJob = (paymentId: string): JobSpec => ({
  name: 'tell_buyer',
  payload: { paymentId },
  key: `tell_buyer:${paymentId}`,
})

const adminsJob = (kind: 'payment_in_review' | 'paid_twice', paymentId: string): JobSpec => ({
  name: 'tell_admins',
  payload: { kind, paymentId },
  key: `tell_admins:${paymentId}`,
})

const telegramMetrics = {
  payments: 'telegram_payments_total',
  amount: 'telegram_payment_amount_total',
} as const
const stripeMetrics = {
  payments: 'stripe_payments_total',
  amount: 'stripe_payment_amount_total',
} as const

function tell(
  charge: Charge,
  facts: ChargeFacts,
  decision: ChargeDecision,
  at?: Date,
): ChargeOutcome {
  const outcome = decision.kind
  const plan = facts.plan?.code ?? 'unknown'
  const metrics = charge.provider === 'stripe' ? stripeMetrics : telegramMetrics
  const { currency } = charge
  count(metrics.payments, { plan, currency, kind: chargeKind(charge), outcome })
  if (outcome === 'completed' && at) {
    count(metrics.amount, { currency }, charge.amount)
    const waitedSeconds = (at.getTime() - charge.chargedAt.getTime()) / 1000
    observe('entitlement_activation_seconds', {}, Math.max(0, waitedSeconds))
  }
  if (decision.kind === 'review' && decision.reason !== 'adds_nothing') {
    incident('payment_tampered', { at: 'charge', reason: decision.reason })
  }
  log()[outcome === 'review' ? 'warn' : 'info']({
    event: 'payment',
    outcome,
    ...(decision.kind === 'review' ? { reason: decision.reason } : {}),
    ...(decision.kind === 'completed' && decision.note ? { note: decision.note } : {}),
    ...(facts.invoice ? { invoiceId: facts.invoice.id } : {}),
    telegramUserId: charge.payer.telegramUserId,
    plan,
    kind: chargeKind(charge),
  })
  return outcome
}
