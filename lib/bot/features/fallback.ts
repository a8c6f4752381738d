import { Composer } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { sendSupportMessage } from '@/lib/domain/users/ask-support'
import { botMessages } from '@/lib/messages/bot'

/** Everything else a person writes: the message after /paysupport, or one helpful sentence. */
export const fallback = new Composer<BotContext>()

fallback
  .chatType('private')
  .on(['message:text', 'message:media', 'message:file', 'message:contact'], async (ctx) => {
    const text = ctx.message.text ?? ctx.message.caption ?? ''
    const isCommand = text.startsWith('/')
    const wasSupport =
      !isCommand &&
      (await sendSupportMessage(personOf(ctx), { messageId: ctx.message.message_id, text }))
    await ctx.reply(wasSupport ? botMessages.supportSent : botMessages.fallback)
  })
