import type { BotContext } from '@/lib/bot/context'

/** Stops a button's spinner. Too late is no harm: the answer itself is a message. */
export async function acknowledge(ctx: BotContext): Promise<void> {
  await ctx.answerCallbackQuery().catch(() => {})
}
