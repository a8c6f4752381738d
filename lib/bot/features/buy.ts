import { Composer, InlineKeyboard } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { sendInvoice } from '@/lib/domain/invoices/send-invoice'
import { findOffer, listOffers } from '@/lib/domain/plans/queries'
import {
  type OfferDto,
  type PaymentMethod,
  type PlanDto,
  paymentMethod,
} from '@/lib/domain/plans/schema'
import { Refusal } from '@/lib/kit/errors'
import { botMessages, refusalMessage } from '@/lib/messages/bot'
import { acknowledge } from './acknowledge'
import { upgradeNote } from './upgrade-note'

/** Plans, then payment methods where there are several, then the invoice. */
export const buy = new Composer<BotContext>()

buy.command('buy', async (ctx) => {
  const code = ctx.match.trim()
  if (!code) return offerPlans(ctx)
  await offerCode(ctx, code)
})

buy.callbackQuery(/^buy:(\w+)$/, async (ctx) => {
  await acknowledge(ctx)
  await offerCode(ctx, ctx.match[1] ?? '')
})

buy.callbackQuery(/^pay:(\w+):(\w+)$/, async (ctx) => {
  await acknowledge(ctx)
  const [, code = '', name] = ctx.match
  const method = paymentMethod.safeParse(name)
  const plan = await findOffer(code)
  if (plan && method.success) return bill(ctx, plan, method.data)
  await ctx.reply(botMessages.refusals.unknown_plan)
})

export async function offerPlans(ctx: BotContext): Promise<void> {
  const keyboard = new InlineKeyboard()
  for (const plan of await listOffers()) {
    const [way] = plan.ways
    if (!way) continue
    const label = botMessages.planButton(plan.name, way.price, periodOf(plan))
    keyboard.text(label, `buy:${plan.code}`).row()
  }
  const hasPlans = keyboard.inline_keyboard.flat().length > 0
  await (hasPlans
    ? ctx.reply(botMessages.choosePlan, { reply_markup: keyboard })
    : ctx.reply(botMessages.noPlans))
}

/** Asks for the method, or goes straight to the invoice where there is one only. */
export async function offerPlan(ctx: BotContext, plan: OfferDto): Promise<void> {
  const [only, ...others] = plan.ways
  if (!only) {
    await ctx.reply(botMessages.refusals.unknown_plan)
    return
  }
  if (others.length === 0) return bill(ctx, plan, only.method)
  const keyboard = new InlineKeyboard()
  for (const { method, price } of plan.ways) {
    const label = botMessages.planButton(botMessages.methodButton[method], price)
    keyboard.text(label, `pay:${plan.code}:${method}`).row()
  }
  await ctx.reply(botMessages.chooseMethod(plan.name), { reply_markup: keyboard })
}

async function offerCode(ctx: BotContext, code: string): Promise<void> {
  const plan = await findOffer(code)
  if (plan) return offerPlan(ctx, plan)
  await ctx.reply(botMessages.refusals.unknown_plan)
}

async function bill(ctx: BotContext, plan: PlanDto, method: PaymentMethod): Promise<void> {
  const person = personOf(ctx)
  const input = { plan_code: plan.code, method }
  try {
    const note = await upgradeNote(person, plan)
    if (plan.kind === 'one_off') {
      if (note) await ctx.reply(note)
      await sendInvoice(person, input)
      return
    }
    // Telegram takes subscriptions by link only.
    const invoice = await createInvoice(person, input)
    const terms = botMessages.subscriptionInvoice(plan.name, invoice, periodOf(plan) ?? 30)
    await ctx.reply(note ? `${terms}\n\n${note}` : terms, {
      reply_markup: new InlineKeyboard().url(botMessages.payButton(invoice), invoice.invoice_link),
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await ctx.reply(refusalMessage(error.code, error.retryAfterSeconds))
  }
}

const periodOf = (plan: PlanDto) => (plan.kind === 'subscription' ? plan.durationDays : null)
