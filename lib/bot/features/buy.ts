import { Composer, InlineKeyboard } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { sendInvoice } from '@/lib/domain/invoices/send-invoice'
import { paymentMethods, priceFor } from '@/lib/domain/plans/price'
import { findPlan, listPlans } from '@/lib/domain/plans/queries'
import { type PaymentMethod, type PlanDto, paymentMethod } from '@/lib/domain/plans/schema'
import { Refusal } from '@/lib/kit/errors'
import { botMessages, refusalMessage } from '@/lib/messages/bot'
import { env } from '@/lib/platform/env'

/** Plans, then payment methods where there are several, then the invoice. */
export const buy = new Composer<BotContext>()

const rails = () => ({ hasProviderToken: env().TELEGRAM_PROVIDER_TOKEN !== undefined })

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
  const plan = await findPlan(code)
  if (plan && method.success) return bill(ctx, plan, method.data)
  await ctx.reply(botMessages.refusals.unknown_plan)
})

// Buttons of earlier versions stay in people's chats for years.
buy.on('callback_query:data', async (ctx) => {
  await acknowledge(ctx)
  await ctx.reply(botMessages.fallback)
})

export async function offerPlans(ctx: BotContext): Promise<void> {
  const keyboard = new InlineKeyboard()
  for (const plan of await listPlans()) {
    const [method] = plan.onSale ? paymentMethods(plan, rails()) : []
    const price = method && priceFor(plan, method, rails())
    if (price) keyboard.text(botMessages.planButton(plan.name, price), `buy:${plan.code}`).row()
  }
  const hasPlans = keyboard.inline_keyboard.flat().length > 0
  await (hasPlans
    ? ctx.reply(botMessages.choosePlan, { reply_markup: keyboard })
    : ctx.reply(botMessages.noPlans))
}

/** Asks for the method, or goes straight to the invoice where there is one only. */
export async function offerPlan(ctx: BotContext, plan: PlanDto): Promise<void> {
  const methods = plan.onSale ? paymentMethods(plan, rails()) : []
  const [only, ...others] = methods
  if (!only) {
    await ctx.reply(botMessages.refusals.unknown_plan)
    return
  }
  if (others.length === 0) return bill(ctx, plan, only)
  const keyboard = new InlineKeyboard()
  for (const method of methods) {
    const price = priceFor(plan, method, rails())
    const name = botMessages.methodButton[method]
    if (price)
      keyboard.text(botMessages.planButton(name, price), `pay:${plan.code}:${method}`).row()
  }
  await ctx.reply(botMessages.chooseMethod(plan.name), { reply_markup: keyboard })
}

async function offerCode(ctx: BotContext, code: string): Promise<void> {
  const plan = await findPlan(code)
  if (plan) return offerPlan(ctx, plan)
  await ctx.reply(botMessages.refusals.unknown_plan)
}

async function bill(ctx: BotContext, plan: PlanDto, method: PaymentMethod): Promise<void> {
  const input = { plan_code: plan.code, method }
  try {
    if (plan.kind === 'one_off') {
      await sendInvoice(personOf(ctx), input)
      return
    }
    // Telegram takes subscriptions by link only.
    const invoice = await createInvoice(personOf(ctx), input)
    await ctx.reply(botMessages.subscriptionInvoice(plan.name, invoice), {
      reply_markup: new InlineKeyboard().url(botMessages.payButton(invoice), invoice.invoice_link),
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await ctx.reply(refusalMessage(error.code, error.retryAfterSeconds))
  }
}

/** Stops the button's spinner. Too late is no harm: the answer itself is a message. */
async function acknowledge(ctx: BotContext): Promise<void> {
  await ctx.answerCallbackQuery().catch(() => {})
}
