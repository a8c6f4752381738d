import { Composer } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { sendSupportMessage } from '@/lib/domain/users/ask-support'
import { botMessages } from '@/lib/messages/bot'
import { incident } from '@/lib/platform/incident'
import { looksLikePayment } from '@/lib/telegram/typed-payment'
import { acknowledge } from './acknowledge'

/** Everything else a person writes: the message after /paysupport, or one helpful sentence. */
export const fallback = new Composer<BotContext>()

fallback
  .chatType('private')
  .on(['message:text', 'message:media', 'message:file', 'message:contact'], async (ctx) => {
    const text = ctx.message.text ?? ctx.message.caption ?? ''
    const isCommand = text.startsWith('/')
    const isTypedPayment = looksLikePayment(text)
    if (isTypedPayment) incident('payment_typed', { telegramUserId: ctx.message.from.id })
    const wasSupport =
      !isCommand &&
      !isTypedPayment &&
      (await sendSupportMessage(personOf(ctx), { messageId: ctx.message.message_id, text }))
    await ctx.reply(wasSupport ? botMessages.supportSent : botMessages.fallback)
  })

// Buttons of earlier versions stay in people's chats for years.
fallback.on('callback_query:data', async (ctx) => {
  await acknowledge(ctx)
  await ctx.reply(botMessages.fallback)
})
