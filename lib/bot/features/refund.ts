import { Composer } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import { addLogContext } from '@/lib/platform/log'
import { readRefundedPayment } from '@/lib/telegram/updates'

export const refund = new Composer<BotContext>()

/** Telegram may refund without being asked by us: a dispute comes the same way. */
refund.on('message:refunded_payment', async (ctx) => {
  const refunded = readRefundedPayment(ctx.message)
  addLogContext(purchaseContext(refunded))
  await recordRefund({ kind: 'telegram' }, refunded, {
    updateId: ctx.update.update_id,
    kind: 'message',
    body: ctx.update,
  })
})
