import { Composer } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { keepUpdate } from '@/lib/domain/updates/keep-update'

/** Updates about money that are kept as they came. */
export const stored = new Composer<BotContext>()

stored.on('message:refunded_payment', async (ctx) => {
  const { telegram_payment_charge_id: chargeId } = ctx.message.refunded_payment
  await keepUpdate(
    { kind: 'telegram' },
    { updateId: ctx.update.update_id, kind: 'refunded_payment', body: ctx.update },
    { state: 'stored', chargeId },
  )
})

stored.on('subscription', async (ctx) => {
  await keepUpdate(
    { kind: 'telegram' },
    { updateId: ctx.update.update_id, kind: 'subscription', body: ctx.update },
    { state: 'stored' },
  )
})
