import { Composer } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { addLogContext } from '@/lib/platform/log'
import { readSuccessfulPayment } from '@/lib/telegram/updates'

export const payment = new Composer<BotContext>()

/** Returns only after the commit; whatever it throws keeps the update at Telegram. */
payment.on('message:successful_payment', async (ctx) => {
  const charge = readSuccessfulPayment(ctx.message)
  addLogContext(purchaseContext({ ...charge, telegramUserId: charge.payer.telegramUserId }))
  await recordCharge({ kind: 'telegram' }, charge, {
    updateId: ctx.update.update_id,
    kind: 'message',
    body: ctx.update,
  })
})
