import type { StripeAccount } from '@/simulator/server/stripe/account'

/** What Stripe answers when it is asked, as it stood at one moment. */
export type StripePhoto = ReadonlyMap<string, unknown>[]

const mapsOf = (account: StripeAccount): Map<string, unknown>[] => [
  account.subscriptions,
  account.invoices,
  account.invoicePayments,
  account.paymentIntents,
  account.charges,
  account.refunds,
  account.disputes,
]

/** The objects themselves, with which things go on to happen, and copies that stay as they are. */
export function photograph(account: StripeAccount): { original: StripePhoto; copy: StripePhoto } {
  const original = mapsOf(account).map((map) => new Map(map))
  return { original, copy: structuredClone(original) }
}

/** Lets Stripe answer as it did then. */
export function show(account: StripeAccount, photo: StripePhoto): void {
  for (const [index, map] of mapsOf(account).entries()) {
    map.clear()
    for (const [id, object] of photo[index] ?? []) map.set(id, object)
  }
}
