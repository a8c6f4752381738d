import type { Settings } from '@/lib/domain/settings/schema'
import { contrast } from '@/lib/domain/settings/theme'

type Scheme = 'light' | 'dark'
type Colours = Pick<Settings, 'accent' | 'accentDark'>

const own = { light: '#3567dc', dark: '#3b68d9' } as const
const pages = { light: '#ffffff', dark: '#1e2029' } as const

/** The colour that pages of this scheme would have; while it is half typed, our own. */
export function shownAccent({ accent, accentDark }: Colours, scheme: Scheme): string {
  const [first, second] = scheme === 'light' ? [accent, accentDark] : [accentDark, accent]
  const chosen = (first.trim() || second.trim()).toLowerCase()
  return /^#[0-9a-f]{6}$/.test(chosen) ? chosen : own[scheme]
}

/** How well a button stands out from what it stands on. */
export function contrastOf(colours: Colours, scheme: Scheme): number {
  return contrast(shownAccent(colours, scheme), pages[scheme])
}

/** Only what is not as it was. */
export function changesOf(before: Settings, after: Settings): Partial<Settings> {
  const entries = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Settings]),
  )
  return Object.fromEntries(entries)
}

/** `7, 3` as numbers; what is no number stays wrong, for the schema to refuse. */
export function daysIn(text: string): number[] {
  const parts = text.split(/[,\s]+/).filter(Boolean)
  return parts.map(Number)
}
