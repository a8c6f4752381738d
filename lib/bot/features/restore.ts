import { Composer } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { restorePurchases } from '@/lib/domain/reconciliation/restore-purchases'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { botMessages } from '@/lib/messages/bot'
import { acknowledge } from './acknowledge'

/** What the button says to us; it stands under /account and /paysupport. */
export const restoreData = 'restore'

export const restore = new Composer<BotContext>()

restore.callbackQuery(restoreData, async (ctx) => {
  await acknowledge(ctx)
  const person = personOf(ctx)
  // Telegram's list may take a while, and updates of this chat wait for the answer.
  ctx.defer(async () => {
    await ctx.reply(await outcomeOf(person))
  })
})

async function outcomeOf(person: PersonActor): Promise<string> {
  const words = botMessages.restore
  try {
    const outcome = await restorePurchases(person)
    return outcome.status === 'done' ? words.done(outcome.restored) : words.running
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code === 'rate_limited'
      ? words.tooSoon(error.retryAfterSeconds ?? 60)
      : words.failed
  }
}
