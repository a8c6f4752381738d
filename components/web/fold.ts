import type { WebFamily } from './tiers'

/**
 * Pixels on a phone, each as low as it gets: the page above the first family, a family's heading,
 * the padding of a tier and the space below it, its name, a feature, an offer.
 */
const least = { page: 175, family: 91, padding: 40, gap: 20, name: 35, feature: 31, offer: 65 }

/** One offer lower, and what follows is on no screen for which below-fold.module.css holds. */
const foldPx = 720

/** By key: the families, and the tiers whose offers, no phone shows before one scrolls. */
export function belowFold(families: readonly WebFamily[]): ReadonlySet<string> {
  const below = new Set<string>()
  let top = least.page
  for (const { key, tiers } of families) {
    if (top >= foldPx) below.add(key)
    top += least.family
    for (const tier of tiers) {
      const lines = tier.features.length + (tier.includes ? 1 : 0)
      top += least.padding + (tiers.length > 1 ? least.name : 0) + lines * least.feature
      // Within a family that is held back they are held back already.
      if (top >= foldPx && !below.has(key)) below.add(tier.key)
      top += tier.offers.length * least.offer + least.gap
    }
  }
  return below
}
