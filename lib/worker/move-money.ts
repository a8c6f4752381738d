import { expireCheckouts } from '@/lib/domain/checkout/expire-checkouts'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { sendRefund } from '@/lib/domain/payments/send-refund'
import { replayPayment } from '@/lib/domain/payments/settle-review'
import { stopSubscription } from '@/lib/domain/subscriptions/stop-subscription'
import { Refusal } from '@/lib/kit/errors'
import type { JobPayload } from '@/lib/platform/jobs'
import { addLogContext } from '@/lib/platform/log'
import type { Rerun } from './send'

const system = { kind: 'system' } as const

/** Carries out a requested refund. */
export async function refundCharge({
  paymentId,
}: JobPayload<'refund_charge'>): Promise<Rerun | undefined> {
  const outcome = await sendRefund(system, paymentId)
  return typeof outcome === 'object' ? { afterSeconds: outcome.laterSeconds } : undefined
}

/** Gives what a charge in review bought, if it counts now; one that was settled meanwhile is left. */
export async function judgeAgain({ paymentId }: JobPayload<'judge_again'>): Promise<undefined> {
  try {
    await replayPayment(system, paymentId)
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'not_found')) throw error
  }
}

/** Ends the renewal of a subscription that is paid for nothing. */
export async function stopRenewal(of: JobPayload<'stop_subscription'>): Promise<undefined> {
  addLogContext(purchaseContext({ ...of, payload: of.invoicePayload }))
  await stopSubscription(system, of)
}

/** Closes pages at Stripe that would sell a person what they have now. */
export async function closeCheckouts({
  telegramUserId,
}: JobPayload<'expire_checkouts'>): Promise<undefined> {
  await expireCheckouts(system, telegramUserId)
}
