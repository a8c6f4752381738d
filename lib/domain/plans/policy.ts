import { stars } from '@/lib/kit/money'
import type { Rails } from './price'
import {
  descriptionMax,
  type PlanDraft,
  type PlanFault,
  type PlanNotice,
  planCode,
  subscriptionDays,
  subscriptionStarsMax,
  titleMax,
} from './schema'

const known = new Set(Intl.supportedValuesOf('currency'))

/** What forbids saving a plan, by Telegram's rules or ours, and what its owner should know. */
export function judgePlan(
  draft: PlanDraft,
  rails: Rails,
): { faults: PlanFault[]; notices: PlanNotice[] } {
  return { faults: faultsOf(draft, rails), notices: noticesOf(draft, rails) }
}

function faultsOf(draft: PlanDraft, rails: Rails): PlanFault[] {
  const { durationDays, prices } = draft
  const isSubscription = draft.kind === 'subscription'
  const inMoney = prices.filter((price) => price.currency !== stars)
  const currencies = new Set(prices.map((price) => price.currency))
  const hasUselessMoney = inMoney.length > 0 && !rails.takesCards
  const checks: [PlanFault, boolean][] = [
    ['code_shape', !planCode.safeParse(draft.code).success],
    ['name_length', draft.name.length < 1 || draft.name.length > titleMax],
    ['description_length', draft.description.length > descriptionMax],
    ['feature_twice', new Set(draft.features).size < draft.features.length],
    ['family_shape', !/^[a-z][a-z0-9_]{0,31}$/.test(draft.family)],
    ['tier_range', draft.tier < 1 || draft.tier > 1000],
    ['days_range', durationDays !== null && (durationDays < 1 || durationDays > 36_500)],
    ['price_missing', prices.length === 0],
    ['price_twice', currencies.size < prices.length],
    ['currency_unknown', inMoney.some((price) => !known.has(price.currency))],
    ['subscription_period', isSubscription && durationDays !== subscriptionDays],
    ['subscription_stars', isSubscription && starsOf(draft) > subscriptionStarsMax],
    ['subscription_card', isSubscription && draft.goods === 'physical' && hasUselessMoney],
    ['digital_card', draft.goods === 'digital' && hasUselessMoney],
  ]
  return checks.filter(([, isSo]) => isSo).map(([fault]) => fault)
}

function noticesOf(draft: PlanDraft, rails: Rails): PlanNotice[] {
  const inMoney = draft.prices.filter((price) => price.currency !== stars)
  const hasMoney = inMoney.length > 0
  const isCardable = draft.goods === 'physical' && draft.kind === 'one_off'
  const notices: [PlanNotice, boolean][] = [
    ['description_empty', draft.description === ''],
    ['stars_missing', starsOf(draft) === 0 && !(isCardable && rails.hasProviderToken)],
    ['stars_many', draft.kind === 'one_off' && starsOf(draft) > subscriptionStarsMax],
    ['card_browser_only', hasMoney && !isCardable && rails.takesCards],
    ['money_unused', hasMoney && isCardable && !rails.hasProviderToken && !rails.takesCards],
    ['money_several', inMoney.length > 1],
    ['physical_means', draft.goods === 'physical'],
    ['paysupport', true],
    ['terms', true],
  ]
  return notices.filter(([, isSo]) => isSo).map(([notice]) => notice)
}

const starsOf = (draft: PlanDraft) =>
  draft.prices.find((price) => price.currency === stars)?.amount ?? 0
