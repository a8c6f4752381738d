import type { JobSpec } from '@/lib/platform/jobs'

/** Stops the renewal of the subscription that was paid with this payload. */
export const stopJob = (telegramUserId: number, invoicePayload: string): JobSpec => ({
  name: 'stop_subscription',
  payload: { telegramUserId, invoicePayload },
  key: `stop_subscription:${telegramUserId}:${invoicePayload}`,
})

/** Closes pages at Stripe on which the payer could buy what they have now. */
export const expireCheckoutsJob = (telegramUserId: number, paymentId: string): JobSpec => ({
  name: 'expire_checkouts',
  payload: { telegramUserId },
  key: `expire_checkouts:${paymentId}`,
})

/** Judges a charge again that added nothing while the refunded one counted. */
export const judgeAgainJob = (paymentId: string, refundedId: string): JobSpec => ({
  name: 'judge_again',
  payload: { paymentId },
  key: `judge_again:${paymentId}:${refundedId}`,
})
