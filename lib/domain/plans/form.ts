import { stars } from '@/lib/kit/money'
import { parseAmount, typedAmount } from './amount'
import {
  type PlanDraft,
  type PlanForm,
  planDraft,
  subscriptionDays,
  type TypingFault,
} from './schema'

export const emptyForm: PlanForm = {
  code: '',
  name: '',
  description: '',
  features: '',
  family: '',
  tier: '1',
  kind: 'one_off',
  isLifetime: false,
  days: '30',
  goods: 'digital',
  stars: '',
  currency: 'EUR',
  money: '',
}

/** A plan as the form shows it. */
export function toForm(plan: PlanDraft): PlanForm {
  const inStars = plan.prices.find((price) => price.currency === stars)
  const inMoney = plan.prices.find((price) => price.currency !== stars)
  return {
    code: plan.code,
    name: plan.name,
    description: plan.description,
    features: plan.features.join('\n'),
    family: plan.family,
    tier: String(plan.tier),
    kind: plan.kind,
    isLifetime: plan.durationDays === null,
    days: String(plan.durationDays ?? subscriptionDays),
    goods: plan.goods,
    stars: inStars ? typedAmount(inStars) : '',
    currency: inMoney?.currency ?? emptyForm.currency,
    money: inMoney ? typedAmount(inMoney) : '',
  }
}

/** The plan that was typed, or what is typed wrongly. */
export function readForm(form: PlanForm): { draft: PlanDraft } | { typing: TypingFault[] } {
  const currency = form.currency.trim().toUpperCase()
  const isCurrency = /^[A-Z]{3}$/.test(currency) && currency !== stars
  const inStars = form.stars.trim() ? parseAmount(form.stars, stars) : undefined
  const inMoney = form.money.trim()
    ? isCurrency
      ? parseAmount(form.money, currency)
      : null
    : undefined
  const tier = wholeNumber(form.tier)
  const days = form.isLifetime && form.kind === 'one_off' ? null : wholeNumber(form.days)
  const faults: [TypingFault, boolean][] = [
    ['stars_typed', inStars === null],
    ['money_typed', inMoney === null],
    ['tier_typed', tier === undefined],
    ['days_typed', days === undefined],
  ]
  const typing = faults.filter(([, isSo]) => isSo).map(([fault]) => fault)
  if (typing.length > 0) return { typing }
  const read = planDraft.omit({ code: true }).safeParse({
    name: form.name,
    description: form.description,
    features: form.features
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    family: form.family,
    tier,
    kind: form.kind,
    durationDays: days,
    goods: form.goods,
    prices: [
      ...(inMoney ? [{ currency, amount: inMoney }] : []),
      ...(inStars ? [{ currency: stars, amount: inStars }] : []),
    ],
  })
  return read.success
    ? { draft: { ...read.data, code: form.code.trim() } }
    : { typing: ['too_long'] }
}

/** Undefined when it is none. */
function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined
}
