import { Composer, InlineKeyboard } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import { listPlans } from '@/lib/domain/plans/queries'
import { botMessages } from '@/lib/messages/bot'
import { env } from '@/lib/platform/env'

export const account = new Composer<BotContext>()

account.command('account', async (ctx) => {
  const person = personOf(ctx)
  const [{ entitlements }, plans] = await Promise.all([
    listEntitlements(person, person.telegramUserId),
    listPlans(),
  ])
  if (entitlements.length === 0) {
    await ctx.reply(botMessages.account.empty)
    return
  }
  const names = new Map(plans.map((plan) => [plan.code, plan.name]))
  const lines = entitlements.map((one) => lineOf(one, names.get(one.plan_code) ?? one.plan_code))
  await ctx.reply([botMessages.account.heading, ...lines].join('\n'), {
    reply_markup: new InlineKeyboard().webApp(
      botMessages.openAccount,
      `${env().APP_URL}/app/account`,
    ),
  })
})

function lineOf(entitlement: EntitlementDto, name: string): string {
  const span = {
    startsAt: new Date(entitlement.starts_at),
    expiresAt: entitlement.expires_at === null ? null : new Date(entitlement.expires_at),
  }
  const words = botMessages.account
  const lines = {
    active: () => words.active(name, span),
    grace: () => words.grace(name, span),
    scheduled: () => words.scheduled(name, span),
    expired: () => words.past(name, span),
    revoked: () => words.revoked(name),
  }
  return lines[entitlement.status]()
}
