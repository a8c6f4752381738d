import { type Money, stars } from '@/lib/kit/money'
import type { PaymentMethod, PlanDto, SaleMethod, Way } from './schema'

/** What the shop is able to charge with, besides Stars. */
export type Rails = { hasProviderToken: boolean; takesCards: boolean }

/** How a plan can be bought inside Telegram now, in the order to offer it. */
export function waysToBuy(plan: PlanDto, rails: Rails): Way[] {
  if (!plan.onSale) return []
  const methods: PaymentMethod[] = ['stars', 'telegram']
  return methods.flatMap((method) => {
    const price = priceFor(plan, method, rails)
    return price ? [{ method, price }] : []
  })
}

/**
 * The one price function. Null when the plan cannot be bought that way: inside Telegram its rules
 * allow a provider's card only for physical goods and real-world services, in the browser any plan
 * with a price in money can be paid by card.
 */
export function priceFor(plan: PlanDto, method: SaleMethod, rails: Rails): Money | null {
  if (method === 'stars') return plan.prices.find((price) => price.currency === stars) ?? null
  if (method === 'stripe') return rails.takesCards ? inMoney(plan) : null
  if (plan.goods !== 'physical' || plan.kind !== 'one_off' || !rails.hasProviderToken) return null
  return inMoney(plan)
}

const inMoney = (plan: PlanDto) => plan.prices.find((price) => price.currency !== stars) ?? null

/** Why `priceFor` has no price for a plan on sale, and what to do; for a developer. */
export function whyNoPrice(plan: PlanDto, method: SaleMethod, rails: Rails): string {
  if (method === 'stripe') return `${plan.code} cannot be paid by card in this shop.`
  if (method === 'stars') return `${plan.code} has no price in Stars.`
  if (plan.goods === 'digital') {
    return `${plan.code} is digital: Telegram's rules allow a provider's card only for physical goods and real-world services. Use the method "stars".`
  }
  if (plan.kind === 'subscription') {
    return `${plan.code} renews by itself, which Telegram offers for Stars only. Use the method "stars".`
  }
  if (!rails.hasProviderToken)
    return 'This shop takes no cards: TELEGRAM_PROVIDER_TOKEN is not set.'
  return `${plan.code} has no price in a currency that a card can pay.`
}
