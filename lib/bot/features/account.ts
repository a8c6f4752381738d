import { Composer, InlineKeyboard } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import { listPlans } from '@/lib/domain/plans/queries'
import { botMessages } from '@/lib/messages/bot'
import { env } from '@/lib/platform/env'
import { restoreData } from './restore'

export const account = new Composer<BotContext>()

account.command('account', async (ctx) => {
  const person = personOf(ctx)
  const [{ entitlements }, plans] = await Promise.all([
    listEntitlements(person, person.telegramUserId),
    listPlans(),
  ])
  const names = new Map(plans.map((plan) => [plan.code, plan.name]))
  const nameOf = (one: EntitlementDto) => names.get(one.plan_code) ?? one.plan_code
  const lines = entitlements.map((one) => lineOf(one, nameOf(one)))
  const renewals = new Set(
    plans.filter(({ kind }) => kind === 'subscription').map(({ code }) => code),
  )
  const keyboard = new InlineKeyboard()
  for (const one of entitlements) {
    if (!renewals.has(one.plan_code) || one.source !== 'stars' || !one.active) continue
    const { cancelButton, resumeButton } = botMessages.renewal
    keyboard
      .text(
        (one.renews ? cancelButton : resumeButton)(nameOf(one)),
        `renewal:${one.renews ? 'ask' : 'resume'}:${one.plan_code}`,
      )
      .row()
  }
  keyboard.text(botMessages.restore.button, restoreData).row()
  keyboard.webApp(botMessages.openAccount, `${env().APP_URL}/app/account`)
  const { heading, empty } = botMessages.account
  const text = lines.length > 0 ? [heading, ...lines].join('\n') : empty
  await ctx.reply(text, { reply_markup: keyboard })
})

function lineOf(entitlement: EntitlementDto, name: string): string {
  const span = {
    startsAt: new Date(entitlement.starts_at),
    expiresAt: entitlement.expires_at === null ? null : new Date(entitlement.expires_at),
  }
  const words = botMessages.account
  const lines = {
    active: () => (entitlement.renews ? words.renewing : words.active)(name, span),
    grace: () => words.grace[entitlement.source === 'stripe' ? 'stripe' : 'stars'](name, span),
    scheduled: () => words.scheduled(name, span),
    expired: () => words.past(name, span),
    revoked: () => words.revoked(name),
  }
  return lines[entitlement.status]()
}
