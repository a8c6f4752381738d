import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto'

/** Init data as Telegram signs it. Values are given decoded; order is kept. */

export type Fields = [name: string, value: string][]

export type LaunchUser = {
  id: number
  first_name: string
  last_name?: string | undefined
  username?: string | undefined
  language_code?: string | undefined
  allows_write_to_pm?: boolean | undefined
  photo_url?: string | undefined
}

// An Ed25519 private key in DER is this prefix and the 32 bytes of the seed.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

function privateKey(seed: Buffer) {
  const key = Buffer.concat([PKCS8_PREFIX, seed])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** The 32 bytes, in hexadecimal, that check the `signature` field. */
export function publicKeyHex(seed: Buffer): string {
  const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
  return der.subarray(-32).toString('hex')
}

function checkString(fields: Fields): string {
  return fields
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n')
}

/** The user as Telegram writes it: slashes escaped, everything else raw UTF-8. */
export function userField(user: LaunchUser): string {
  const json = JSON.stringify({
    id: user.id,
    first_name: user.first_name,
    last_name: user.last_name ?? '',
    username: user.username || undefined,
    language_code: user.language_code || undefined,
    allows_write_to_pm: user.allows_write_to_pm === true ? true : undefined,
    photo_url: user.photo_url || undefined,
  })
  return json.replaceAll('/', '\\/')
}

export function signInitData(token: string, seed: Buffer, fields: Fields): string {
  const botId = token.slice(0, token.indexOf(':'))
  const message = `${botId}:WebAppData\n${checkString(fields)}`
  const signature = sign(null, Buffer.from(message), privateKey(seed)).toString('base64url')
  const signed: Fields = [...fields, ['signature', signature]]
  const secret = createHmac('sha256', 'WebAppData').update(token).digest()
  const hash = createHmac('sha256', secret).update(checkString(signed)).digest('hex')
  const all: Fields = [...signed, ['hash', hash]]
  return all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

export type Launch = {
  initData: string
  platform: string
  themeParams: Record<string, string>
  startParam?: string | undefined
}

const VERSION = '9.1'

/**
 * The URL a client loads into the Mini App's frame. Init data is encoded a second time here, and a
 * start parameter also stands in the query.
 */
export function launchUrl(base: string, launch: Launch): string {
  const hashAt = base.indexOf('#')
  let page = hashAt < 0 ? base : base.slice(0, hashAt)
  const ownHash = hashAt < 0 ? '' : base.slice(hashAt + 1)
  if (launch.startParam !== undefined && launch.startParam !== '') {
    const parameter = `tgWebAppStartParam=${encodeURIComponent(launch.startParam)}`
    page += `${page.includes('?') ? '&' : '?'}${parameter}`
  }
  const pairs: Fields = [
    ['tgWebAppData', launch.initData],
    ['tgWebAppVersion', VERSION],
    ['tgWebAppPlatform', launch.platform],
    ['tgWebAppThemeParams', JSON.stringify(launch.themeParams)],
  ]
  const own = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  if (ownHash === '') return `${page}#${own}`
  return `${page}#${ownHash}${/[=?]/.test(ownHash) ? '&' : '?'}${own}`
}
