import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from './env'
import { single } from './global'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares two secrets without telling by the time it takes how much of them agrees. */
export function isSameSecret(given: string, known: string): boolean {
  return timingSafeEqual(digest(given), digest(known))
}

/** Whether an `Authorization` header carries this bearer token. */
export function hasBearer(authorization: string | null | undefined, token: string): boolean {
  const given = bearerOf(authorization)
  return given !== undefined && isSameSecret(given, token)
}

/** The bearer token of an `Authorization` header; undefined when there is none. */
export function bearerOf(authorization: string | null | undefined): string | undefined {
  const [scheme, given, ...rest] = (authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && given && rest.length === 0 ? given : undefined
}

/**
 * The text without any secret of the settings, the tokens and keys of any bot or Stripe account,
 * and the proof in init data: the last line of defence of the log and of error texts that are stored,
 * whatever a library put into them.
 */
export function hideSecrets(text: string): string {
  return text.replaceAll(single('secrets', secretPattern), '[hidden]')
}

const generic = [
  // Bot tokens are part of Telegram's addresses, so network errors may quote them.
  String.raw`\d{5,16}:[\w-]{20,}`,
  String.raw`\b(?:[rs]k_(?:live|test)|whsec)_\w{10,}`,
  String.raw`(?<=\bhash(?:=|%3D|":"))[0-9a-f]{64}`,
]

function secretPattern(): RegExp {
  const spellings = secretsOf(env()).flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ])
  // The longest first: a secret may begin like another.
  const known = [...new Set(spellings)].sort((a, b) => b.length - a.length).map(literally)
  return new RegExp([...known, ...generic].join('|'), 'g')
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)

/** Told by their names, so that a setting added later is hidden without being listed here. */
const secretName = /TOKEN|SECRET|KEY/

/** Shorter texts are parts of ordinary words too; only the address of a database may hold one. */
const charactersMin = 12

/** The secrets among settings; of the database's address its password, as it stands there. */
export function secretsOf(settings: { DATABASE_URL: string }): string[] {
  const named = Object.entries(settings)
    .filter(([name]) => secretName.test(name))
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? value : [value]))
    .filter((value) => typeof value === 'string' && value.length >= charactersMin)
  const password = new URL(settings.DATABASE_URL).password
  const isLong = password.length >= charactersMin
  return [
    ...named,
    // The part after the colon opens the bot to whoever knows its id.
    ...named.flatMap((secret) => /^\d{5,16}:(.{20,})$/.exec(secret)?.[1] ?? []),
    ...(isLong ? [password, decodeURIComponent(password)] : password ? [`:${password}@`] : []),
  ]
}
