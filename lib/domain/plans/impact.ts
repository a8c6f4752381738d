import type { PlanDraft, PlanImpact } from './schema'

type Before = PlanDraft
/** Whether the plan was ever sold or given, and whether a link that was made can be paid now. */
export type Past = { isSold: boolean; isOffered: boolean }

/**
 * What an edit means for earlier sales and offers, field by field. Days, kind and price of a sale are
 * frozen in its invoice and charge; family and tier are not: they order what a person holds, so a
 * plan that was ever sold keeps them.
 */
export function impactOf(before: Before, after: PlanDraft, past: Past): PlanImpact[] {
  const impacts: PlanImpact[] = []
  const add = (code: PlanImpact['code'], verdict: PlanImpact['verdict'], what = '') =>
    impacts.push({ code, verdict, what })

  if (before.name !== after.name || before.description !== after.description) add('words', 'fine')
  const added = after.features.filter((one) => !before.features.includes(one))
  if (added.length > 0) add('features_added', 'fine', added.join(', '))
  const removed = before.features.filter((one) => !after.features.includes(one))
  if (removed.length > 0) add('features_removed', 'warning', removed.join(', '))
  if (before.family !== after.family || before.tier !== after.tier) {
    if (past.isSold) add('ladder_sold', 'refused')
    else if (past.isOffered) add('ladder_offered', 'refused')
    else add('ladder_free', 'fine')
  }
  if (before.kind !== after.kind) add('kind', 'warning')
  if (before.durationDays !== after.durationDays) add('days', 'warning')
  if (before.goods !== after.goods) add('goods', 'warning')
  for (const [currency, was, is] of pricePairs(before, after)) {
    if (was === undefined) add('price_added', 'fine', currency)
    else if (is === undefined) add('price_removed', 'warning', currency)
    else if (was !== is) add('price', 'warning', currency)
  }
  return impacts
}

/** What an edit changes, as text from and to, for the audit log. */
export function changesOf(before: Before, after: PlanDraft): Record<string, string> {
  const was = fieldsOf(before)
  const is = fieldsOf(after)
  const changed = Object.keys(is).filter((field) => was[field] !== is[field])
  return Object.fromEntries(changed.map((field) => [field, `${was[field]} → ${is[field]}`]))
}

function fieldsOf(draft: PlanDraft): Record<string, string> {
  return {
    name: draft.name,
    description: draft.description,
    features: draft.features.join(', '),
    family: draft.family,
    tier: String(draft.tier),
    kind: draft.kind,
    days: draft.durationDays === null ? 'lifetime' : String(draft.durationDays),
    goods: draft.goods,
    prices: draft.prices
      .map(({ currency, amount }) => `${currency} ${amount}`)
      .sort()
      .join(', '),
  }
}

function pricePairs(before: Before, after: PlanDraft) {
  const of = (draft: PlanDraft, currency: string) =>
    draft.prices.find((price) => price.currency === currency)?.amount
  const currencies = [...before.prices, ...after.prices].map((price) => price.currency)
  return [...new Set(currencies)].map(
    (currency) => [currency, of(before, currency), of(after, currency)] as const,
  )
}
