import { Composer } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { noteSubscription } from '@/lib/domain/subscriptions/note-subscription'
import { readSubscription } from '@/lib/telegram/updates'

export const subscription = new Composer<BotContext>()

subscription.on('subscription', async (ctx) => {
  await noteSubscription({ kind: 'telegram' }, readSubscription(ctx.update.subscription), {
    updateId: ctx.update.update_id,
    kind: 'subscription',
    body: ctx.update,
  })
})
