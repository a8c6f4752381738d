import { InlineKeyboard } from 'grammy'
import { findPaymentForMessage } from '@/lib/domain/payments/queries'
import { loadSettings } from '@/lib/domain/settings/queries'
import { botMessages } from '@/lib/messages/bot'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { addLogContext } from '@/lib/platform/log'
import { contextOf } from './payment-context'
import { type Rerun, send } from './send'

/** Tells the payer what their charge bought, or that it is being checked. */
export async function tellBuyer({ paymentId }: { paymentId: string }): Promise<Rerun | undefined> {
  const payment = await findPaymentForMessage({ kind: 'system' }, paymentId)
  if (!payment) return undefined
  addLogContext(contextOf(payment))
  if (payment.status === 'review') {
    // The owner's word of this moment, not of two seconds ago.
    if (!(await loadSettings()).reviewPolicy.tellBuyer) return undefined
    return send(payment.telegramUserId, botMessages.paidInReview(payment))
  }
  if (payment.status !== 'completed' || !payment.entitlement) return undefined
  const text = botMessages.paid(payment.planName ?? '', payment, payment.entitlement, await now())
  const account = new InlineKeyboard().webApp(
    botMessages.openAccount,
    `${env().APP_URL}/app/account`,
  )
  return send(payment.telegramUserId, text, account)
}

/** Tells the payer that a charge was refunded. */
export async function tellRefund({ paymentId }: { paymentId: string }): Promise<Rerun | undefined> {
  const payment = await findPaymentForMessage({ kind: 'system' }, paymentId)
  if (payment?.status !== 'refunded') return undefined
  addLogContext(contextOf(payment))
  return send(payment.telegramUserId, botMessages.refunded(payment.planName, payment))
}
