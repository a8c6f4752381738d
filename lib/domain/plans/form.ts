import { type Money, stars } from '@/lib/kit/money'
import { parseAmount, typedAmount } from './amount'
import {
  type PlanDraft,
  type PlanForm,
  planDraft,
  subscriptionDays,
  type TypedPrice,
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
  money: [{ currency: 'EUR', amount: '' }],
}

/** A plan as the form shows it. */
export function toForm(plan: PlanDraft): PlanForm {
  const inStars = plan.prices.find((price) => price.currency === stars)
  const inMoney = plan.prices.filter((price) => price.currency !== stars)
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
    // Every price has a line: one without would be gone with the next save.
    money:
      inMoney.length > 0
        ? inMoney.map((price) => ({ currency: price.currency, amount: typedAmount(price) }))
        : emptyForm.money,
  }
}

/** The plan that was typed, or what is typed wrongly. */
export function readForm(form: PlanForm): { draft: PlanDraft } | { typing: TypingFault[] } {
  const inStars = form.stars.trim() ? parseAmount(form.stars, stars) : undefined
  const inMoney = form.money.filter(({ amount }) => amount.trim()).map(readPrice)
  const tier = wholeNumber(form.tier)
  const days = form.isLifetime && form.kind === 'one_off' ? null : wholeNumber(form.days)
  const faults: [TypingFault, boolean][] = [
    ['stars_typed', inStars === null],
    ['money_typed', inMoney.includes(null)],
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
      ...inMoney.filter((price) => price !== null),
      ...(inStars ? [{ currency: stars, amount: inStars }] : []),
    ],
  })
  return read.success
    ? { draft: { ...read.data, code: form.code.trim() } }
    : { typing: ['too_long'] }
}

/** Null when it is no price in money. */
function readPrice(typed: TypedPrice): Money | null {
  const currency = typed.currency.trim().toUpperCase()
  if (!/^[A-Z]{3}$/.test(currency) || currency === stars) return null
  const amount = parseAmount(typed.amount, currency)
  return amount === null ? null : { currency, amount }
}

/** Undefined when it is none. */
function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined
}
