import { InlineKeyboard } from 'grammy'
import { z } from 'zod'
import { formatMoney, type Money, stars } from '@/lib/kit/money'
import { env } from '@/lib/platform/env'
import { asking } from './asking'
import { telegram } from './client'

const link = z.url({ protocol: /^https$/ })

/** What Telegram shows of an invoice, and the payload that comes back with the money. */
export type InvoiceToSend = {
  plan: { code: string; name: string; description: string; kind: 'one_off' | 'subscription' }
  price: Money
  payload: string
}

/**
 * Asks Telegram for a payment link (`https://t.me/$…`). It is reusable and bound to nobody: who may
 * pay is judged at pre-checkout. Refuses: telegram_unavailable.
 */
export function createInvoiceLink(invoice: InvoiceToSend): Promise<string> {
  const { title, description, currency, prices, providerToken, orderInfo } = wordsOf(invoice)
  const period =
    invoice.plan.kind === 'subscription'
      ? { subscription_period: env().SUBSCRIPTION_PERIOD_SECONDS }
      : {}
  return asking('createInvoiceLink', async () =>
    link.parse(
      await telegram().createInvoiceLink(
        title,
        description,
        invoice.payload,
        providerToken,
        currency,
        prices,
        { ...period, ...orderInfo },
      ),
    ),
  )
}

/** Posts the invoice as a message. A forwarded copy leads to the bot. Refuses: telegram_unavailable. */
export async function sendInvoiceMessage(chatId: number, invoice: InvoiceToSend): Promise<void> {
  const { title, description, currency, prices, providerToken, orderInfo } = wordsOf(invoice)
  await asking('sendInvoice', () =>
    telegram().sendInvoice(chatId, title, description, invoice.payload, currency, prices, {
      start_parameter: invoice.plan.code,
      provider_token: providerToken,
      ...orderInfo,
      reply_markup: new InlineKeyboard().pay(`Pay ${formatMoney(invoice.price)}`),
    }),
  )
}

function wordsOf({ plan, price }: InvoiceToSend) {
  const isStars = price.currency === stars
  return {
    // Telegram's limits: 32 and 255 characters.
    title: plan.name.slice(0, 32),
    description: plan.description.slice(0, 255) || plan.name,
    currency: price.currency,
    prices: [{ label: plan.name.slice(0, 32), amount: price.amount }],
    providerToken: isStars ? '' : (env().TELEGRAM_PROVIDER_TOKEN ?? ''),
    // A card pays for a service, and its appointments need somebody to write to.
    orderInfo: isStars ? {} : { need_name: true, need_email: true },
  }
}
