import { Composer, InlineKeyboard } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { requireEntitlement } from '@/lib/domain/entitlements/queries'
import { findPlan } from '@/lib/domain/plans/queries'
import {
  cancelSubscription,
  resumeSubscription,
} from '@/lib/domain/subscriptions/cancel-subscription'
import { Refusal, type RefusalCode } from '@/lib/kit/errors'
import { botMessages } from '@/lib/messages/bot'
import { acknowledge } from './acknowledge'

/** The buttons under /account that stop a subscription's renewal, after a question, or lift that. */
export const renewal = new Composer<BotContext>()

const words = botMessages.renewal

renewal.callbackQuery(/^renewal:ask:(\w+)$/, async (ctx) => {
  await answer(ctx, async (subject) => {
    const keyboard = new InlineKeyboard()
      .text(words.sureButton, `renewal:cancel:${subject.code}`)
      .row()
      .text(words.keepButton, `renewal:keep:${subject.code}`)
    await ctx.reply(words.sure(subject.name, subject.end), { reply_markup: keyboard })
  })
})

renewal.callbackQuery(/^renewal:cancel:(\w+)$/, async (ctx) => {
  await answer(ctx, async ({ code, name, end }) => {
    await cancelSubscription(personOf(ctx), code)
    await replace(ctx, words.cancelled(name, end))
  })
})

renewal.callbackQuery(/^renewal:keep:(\w+)$/, async (ctx) => {
  await answer(ctx, async ({ name }) => replace(ctx, words.kept(name)))
})

renewal.callbackQuery(/^renewal:resume:(\w+)$/, async (ctx) => {
  await answer(ctx, async ({ code, name, end }) => {
    await resumeSubscription(personOf(ctx), code)
    await ctx.reply(words.resumed(name, end))
  })
})

type Subject = { code: string; name: string; end: Date | null }

/** Does something with the person's subscription that a button names, or says why not. */
async function answer(
  ctx: BotContext & { match: string | RegExpMatchArray },
  act: (subject: Subject) => Promise<void>,
): Promise<void> {
  await acknowledge(ctx)
  const code = ctx.match[1] ?? ''
  try {
    const [held, plan] = await Promise.all([
      requireEntitlement(personOf(ctx), code),
      findPlan(code),
    ])
    const end = held.expires_at === null ? null : new Date(held.expires_at)
    await act({ code, name: plan?.name ?? code, end })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await ctx.reply(sentenceOf(error.code))
  }
}

function sentenceOf(code: RefusalCode): string {
  const { not_found: notFound, conflict, other } = words.refusals
  if (code === 'not_found') return notFound
  return code === 'conflict' ? conflict : other
}

/** Says it in place of the question, so that its buttons are gone. */
async function replace(ctx: BotContext, text: string): Promise<void> {
  // A message may be too old to be changed.
  await ctx.editMessageText(text).catch(() => ctx.reply(text))
}
