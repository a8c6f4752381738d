import { Composer } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import { readRefundedPayment } from '@/lib/telegram/updates'

export const refund = new Composer<BotContext>()

/** Telegram may refund without being asked by us: a dispute comes the same way. */
refund.on('message:refunded_payment', async (ctx) => {
  await recordRefund({ kind: 'telegram' }, readRefundedPayment(ctx.message), {
    updateId: ctx.update.update_id,
    kind: 'message',
    body: ctx.update,
  })
})
