import { Composer, InlineKeyboard } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { listPayments } from '@/lib/domain/payments/queries'
import { listPlans } from '@/lib/domain/plans/queries'
import { openSupportRequest } from '@/lib/domain/users/ask-support'
import { botMessages } from '@/lib/messages/bot'
import { env } from '@/lib/platform/env'
import { restoreData } from './restore'

/** What Telegram requires of a bot that sells: terms, support, payment support. */
export const help = new Composer<BotContext>()

help.command('terms', async (ctx) => {
  await ctx.reply(botMessages.terms(`${env().APP_URL}/terms`))
})

help.command('support', async (ctx) => {
  await ctx.reply(botMessages.support)
})

help.command('paysupport', async (ctx) => {
  const person = personOf(ctx)
  await openSupportRequest(person)
  const [{ payments }, plans] = await Promise.all([listPayments(person, 5), listPlans()])
  const names = new Map(plans.map((plan) => [plan.code, plan.name]))
  const lines = payments.map((payment) =>
    botMessages.payment(
      names.get(payment.plan_code ?? '') ?? null,
      payment,
      new Date(payment.charged_at),
      payment.status,
    ),
  )
  await ctx.reply(botMessages.paySupport(lines), {
    reply_markup: new InlineKeyboard().text(botMessages.restore.button, restoreData),
  })
})
