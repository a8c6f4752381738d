import { Composer, InlineKeyboard } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { findOffer } from '@/lib/domain/plans/queries'
import { planCode } from '@/lib/domain/plans/schema'
import { rememberPerson } from '@/lib/domain/users/remember-person'
import { botMessages } from '@/lib/messages/bot'
import { env } from '@/lib/platform/env'
import { offerPlan, offerPlans } from './buy'

export const start = new Composer<BotContext>()

start.command('start', async (ctx) => {
  const person = personOf(ctx)
  await rememberPerson({ kind: 'telegram' }, person, 'yes')
  const target = ctx.match.trim()
  if (target === 'buy') return offerPlans(ctx)
  const plan = planCode.safeParse(target).success ? await findOffer(target) : null
  if (plan) return offerPlan(ctx, plan)
  await ctx.reply(botMessages.welcome(person.firstName), {
    reply_markup: new InlineKeyboard().webApp(botMessages.openPlans, `${env().APP_URL}/app`),
  })
})
