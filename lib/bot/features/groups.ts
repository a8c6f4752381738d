import { Composer, InlineKeyboard } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { botMessages } from '@/lib/messages/bot'

/** Outside of private chats only commands addressed to the bot get an answer. */
export const groups = new Composer<BotContext>()

const elsewhere = groups.chatType(['group', 'supergroup', 'channel'])

elsewhere.on('message::bot_command', async (ctx) => {
  const command = ctx.entities('bot_command').find((entity) => entity.offset === 0)
  if (command?.text.toLowerCase().endsWith(`@${ctx.me.username.toLowerCase()}`)) {
    const privateChat = new InlineKeyboard().url(
      botMessages.openPrivateChat,
      `https://t.me/${ctx.me.username}?start=buy`,
    )
    await ctx.reply(botMessages.inGroup, { reply_markup: privateChat })
  }
})

elsewhere.use(() => {})
