import fc from 'fast-check'
import { type FoldedEntitlement, foldCharges } from '@/lib/domain/entitlements/fold'
import { modelEntitlements } from './entitlement-model'
import { anyDelivery, anyHistory, type Happening, remember, unrefunded } from './money-histories'

const families = ['premium', 'coaching'] as const

/** A history, and one of the ways in which it may reach us. */
const told = anyHistory
  .map(remember)
  .chain((history) => fc.record({ history: fc.constant(history), delivery: anyDelivery(history) }))

const asText = (folded: FoldedEntitlement[]) =>
  JSON.stringify(
    folded.toSorted((a, b) => (a.planCode < b.planCode ? -1 : 1)),
    sortedKeys,
  )

const sortedKeys = (_key: string, value: unknown) =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

const inEveryFamily =
  (holds: (of: { history: Happening[]; delivery: Happening[] }, family: string) => boolean) =>
  (of: { history: Happening[]; delivery: Happening[] }) =>
    families.every((family) => holds(of, family))

/** What holds of the fold for every history of payments, renewals, refunds, cancels and grants. */
export const foldProperties = {
  'is independent of the order of arrival and of duplicates': inEveryFamily(
    ({ history, delivery }, family) =>
      asText(foldCharges(unrefunded(delivery, family))) ===
      asText(foldCharges(unrefunded(history, family))),
  ),
  'is what the simple model says': inEveryFamily(
    ({ delivery }, family) =>
      asText(foldCharges(unrefunded(delivery, family))) ===
      asText(modelEntitlements(unrefunded(delivery, family))),
  ),
  'leaves what it was given as it was': inEveryFamily(({ delivery }, family) => {
    const charges = unrefunded(delivery, family)
    const before = JSON.stringify(charges)
    foldCharges(charges)
    return before === JSON.stringify(charges)
  }),
  'gives nothing of a plan whose every charge was refunded': inEveryFamily(
    ({ delivery }, family) => {
      const charges = unrefunded(delivery, family)
      const paid = new Set(charges.map((one) => one.planCode))
      return foldCharges(charges).every((one) => paid.has(one.planCode))
    },
  ),
} as const satisfies Record<
  string,
  (of: { history: Happening[]; delivery: Happening[] }) => boolean
>

/** Throws with the smallest counterexample and its seed. */
export function checkFold(
  name: keyof typeof foldProperties,
  options: { runs: number; seed: number },
): void {
  fc.assert(fc.property(told, foldProperties[name]), { numRuns: options.runs, seed: options.seed })
}
