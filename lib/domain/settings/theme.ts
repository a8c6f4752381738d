import type { Settings } from './schema'

type Colour = readonly [red: number, green: number, blue: number]

/** The same as in app/globals.css: what links and tinted buttons stand on. */
const grounds = {
  light: { page: '#f2f3f7', surface: '#ffffff', text: '#000000' },
  dark: { page: '#13141a', surface: '#1e2029', text: '#ffffff' },
} as const

/** WCAG AA for text of ordinary size. */
const readable = 4.5
const tint = 0.09
/** How far a gradient on the accent moves away from the colour of its text. */
const depth = 0.28

/**
 * The owner's colours as CSS, or nothing while they chose none. Text stays readable whatever they
 * chose: black or white on the accent, and links darkened or lightened until they can be read.
 */
export function themeCss({ accent, accentDark }: Pick<Settings, 'accent' | 'accentDark'>): string {
  const light = accent || accentDark
  const dark = accentDark || accent
  if (!light || !dark) return ''
  const root = ':root:not([data-theme])'
  return `${root}{${tokens(light, 'light')}}@media (prefers-color-scheme:dark){${root}{${tokens(dark, 'dark')}}}`
}

function tokens(hex: string, scheme: keyof typeof grounds): string {
  const link = linkColour(hex, scheme)
  const onAccent = textOn(hex)
  const deep = mix(hex, onAccent === '#ffffff' ? '#000000' : '#ffffff', depth)
  return `--accent:${mix(hex, hex, 0)};--accent-deep:${deep};--on-accent:${onAccent};--link:${link};--focus:${link}`
}

/** Black or white, whichever reads better; one of them always has a contrast above 4.5. */
export function textOn(hex: string): '#000000' | '#ffffff' {
  return contrast(hex, '#ffffff') >= contrast(hex, '#000000') ? '#ffffff' : '#000000'
}

/** The accent, moved towards the text's colour only as far as needed to be read as a link. */
export function linkColour(hex: string, scheme: keyof typeof grounds): string {
  const { page, surface, text } = grounds[scheme]
  const backgrounds = [page, surface].flatMap((ground) => [ground, mix(ground, hex, tint)])
  const steps = Array.from({ length: 51 }, (_, step) => mix(hex, text, step / 50))
  const isReadable = (colour: string) =>
    backgrounds.every((background) => contrast(colour, background) >= readable)
  return steps.find(isReadable) ?? text
}

/** The contrast of two colours as WCAG measures it, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = toColour(hex).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function mix(from: string, to: string, share: number): string {
  const [a, b] = [toColour(from), toColour(to)]
  const channel = (index: 0 | 1 | 2) => Math.round(a[index] * (1 - share) + b[index] * share)
  return toHex([channel(0), channel(1), channel(2)])
}

function toColour(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function toHex(colour: Colour): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
