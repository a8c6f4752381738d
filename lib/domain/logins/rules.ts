import { codeAlphabet, codeLength, type LoginRefusal, type LoginState } from './schema'

export const codeSeconds = 300

/** A confirmed code can be used a little longer, so that a yes in the last second counts. */
export const confirmedSecondsMin = 60

/** `telegramUserId`: the first person who came with the code. */
export type StoredLogin = { state: string; telegramUserId: number | null; expiresAt: Date }

/**
 * A code out of random bytes. Bytes beyond the last whole round of the alphabet are left out, so
 * every code is as likely as any other; too few bytes give undefined.
 */
export function codeFrom(bytes: Uint8Array): string | undefined {
  const fairMax = 256 - (256 % codeAlphabet.length)
  const fair = [...bytes].filter((byte) => byte < fairMax).slice(0, codeLength)
  if (fair.length < codeLength) return undefined
  return fair.map((byte) => codeAlphabet[byte % codeAlphabet.length]).join('')
}

/**
 * Where a login stands; time ends what nobody has finished. A no has its person: without one the
 * code was closed because several people came with it.
 */
export function decideState(login: StoredLogin, now: Date): LoginState {
  const { state, telegramUserId, expiresAt } = login
  if (state === 'denied') return telegramUserId === null ? 'contested' : 'denied'
  if (state === 'used') return state
  if (expiresAt <= now) return 'expired'
  return state === 'confirmed' ? 'confirmed' : 'pending'
}

/** Whether this person may still answer for a code that is bound to somebody by now. */
export function decideTurn(
  login: StoredLogin,
  telegramUserId: number,
  now: Date,
): 'open' | LoginRefusal {
  const state = decideState(login, now)
  if (state === 'expired' || state === 'contested') return state
  if (login.telegramUserId !== telegramUserId) return 'taken'
  return state === 'pending' ? 'open' : 'used'
}

const browsers = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\/|\bOPT\//, 'Opera'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
] as const

const systems = [
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const

/**
 * Which browser asks, in words from our own lists only: what it says of itself is free text that
 * somebody could phrase as advice to the person who confirms.
 */
export function describeBrowser(userAgent: string): string {
  const find = (table: readonly (readonly [RegExp, string])[]) =>
    table.find(([pattern]) => pattern.test(userAgent))?.[1]
  const browser = find(browsers) ?? 'a browser'
  const system = find(systems)
  return system ? `${browser} on ${system}` : browser
}
