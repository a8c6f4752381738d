import { Composer } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { noteSubscription } from '@/lib/domain/subscriptions/note-subscription'
import { addLogContext } from '@/lib/platform/log'
import { readSubscription } from '@/lib/telegram/updates'

export const subscription = new Composer<BotContext>()

subscription.on('subscription', async (ctx) => {
  const told = readSubscription(ctx.update.subscription)
  addLogContext(purchaseContext(told))
  await noteSubscription({ kind: 'telegram' }, told, {
    updateId: ctx.update.update_id,
    kind: 'subscription',
    body: ctx.update,
  })
})
