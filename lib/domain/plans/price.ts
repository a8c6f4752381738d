import { type Money, stars } from '@/lib/kit/money'
import type { PaymentMethod, PlanDto } from './schema'

/** What the shop is able to charge with, besides Stars. */
export type Rails = { hasProviderToken: boolean }

/** The methods a plan can be bought with inside Telegram, in the order to offer them. */
export function paymentMethods(plan: PlanDto, rails: Rails): PaymentMethod[] {
  const methods: PaymentMethod[] = ['stars', 'telegram']
  return methods.filter((method) => priceFor(plan, method, rails) !== null)
}

/**
 * The one price function. Null when the plan cannot be bought that way: Telegram allows a
 * provider's card only for physical goods and real-world services.
 */
export function priceFor(plan: PlanDto, method: PaymentMethod, rails: Rails): Money | null {
  if (method === 'stars') return plan.prices.find((price) => price.currency === stars) ?? null
  if (plan.goods !== 'physical' || plan.kind !== 'one_off' || !rails.hasProviderToken) return null
  return plan.prices.find((price) => price.currency !== stars) ?? null
}
