import { foldCharges } from '@/lib/domain/entitlements/fold'
import { isActive, statusAt } from '@/lib/domain/entitlements/standing'
import { isId } from '@/lib/kit/ids'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { loadFold, loadPayment, loadPlanNames, loadSubscription } from './store-story'

/** What a person has of one plan; `expiresAt: null` is for life. Dates are ISO 8601. */
export type PreviewedAccess = {
  expiresAt: string | null
  renews: boolean
  /** Whether it gives access at this moment. */
  isActive: boolean
}

export type RefundPreview = {
  /** `mark`: the money goes back at the card's provider, and is only noted here. */
  how: 'request' | 'mark'
  /** Plans of which the refund takes something; an `after` of null is nothing at all. */
  changes: {
    planCode: string
    planName: string
    before: PreviewedAccess | null
    after: PreviewedAccess | null
  }[]
  /** Whether a subscription that would be charged again is ended. */
  endsRenewal: boolean
}

/** What the refund of a charge would take from its payer; null when there is nothing to refund. */
export async function previewRefund(
  actor: Manager,
  paymentId: string,
): Promise<RefundPreview | null> {
  requirePower(actor, 'refund')
  const payment = isId(paymentId) ? await loadPayment(paymentId) : null
  if (!payment?.chargeId || payment.status === 'refunded') return null
  const { userId, plan, invoicePayload, isRecurring } = payment
  const [at, charges, subscription] = await Promise.all([
    now(),
    userId && plan ? loadFold(userId, plan.family) : [],
    userId && isRecurring ? loadSubscription(userId, invoicePayload) : null,
  ])
  // Telegram knows a subscription by the first charge there is, Stripe by an id that only a row tells.
  const isEnded =
    isRecurring && (payment.provider !== 'stripe' || Boolean(subscription?.firstChargeId))

  const before = foldCharges(charges)
  const after = foldCharges(
    charges
      .filter((one) => one.source !== payment.provider || one.chargeId !== payment.chargeId)
      .map((one) => (isEnded && one.payload === invoicePayload ? { ...one, renews: false } : one)),
  )

  // Without a charge for life, one that added nothing beside it may give something.
  const codes = [...new Set([...before, ...after].map((one) => one.planCode))]
  const names = await loadPlanNames(codes)
  const changes = codes.map((planCode) => ({
    planCode,
    planName: names.get(planCode) ?? planCode,
    before: accessOf(before, planCode, at),
    after: accessOf(after, planCode, at),
  }))
  return {
    how: payment.provider === 'telegram' ? 'mark' : 'request',
    changes: changes.filter(
      (one) =>
        one.before?.expiresAt !== one.after?.expiresAt || one.before?.renews !== one.after?.renews,
    ),
    endsRenewal: isEnded && subscription?.state !== 'canceled' && !subscription?.stoppedAt,
  }
}

function accessOf(
  folded: ReturnType<typeof foldCharges>,
  planCode: string,
  at: Date,
): PreviewedAccess | null {
  const found = folded.find((one) => one.planCode === planCode)
  if (!found) return null
  const status = statusAt({ ...found, revokedAt: null }, at, env().GRACE_HOURS)
  return {
    expiresAt: found.expiresAt?.toISOString() ?? null,
    renews: found.renews,
    isActive: isActive(status),
  }
}
