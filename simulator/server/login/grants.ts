import type { Bot } from '@/simulator/server/bot'
import type { Clock } from '@/simulator/server/clock'
import { HttpError } from '@/simulator/server/errors'
import { randomSlug } from '@/simulator/server/random'
import { record } from '@/simulator/server/world'
import type { Person } from '@/simulator/wire'
import { SigningKeys } from './keys'
import type { Misbehaviour } from './misbehaviour'

/** A bot as the issuer knows it: what its owner sets under "Web Login". */
export type LoginClient = {
  bot: Bot
  secret: string
  /** Without a path an origin: every path of it is good. With one, exactly this address. */
  redirectUris: string[]
  pkce: 'required' | 'optional'
}

export type Grant = {
  code: string
  client: LoginClient
  person: Person
  scopes: string[]
  redirectUri: string
  challenge: string | undefined
  misbehave: Misbehaviour | undefined
  /** Milliseconds. */
  at: number
  expires: number
  state: 'issued' | 'redeemed' | 'refused'
  error?: string
}

export const DEFAULT_LOGIN_SECRET = 'login-secret-of-the-simulator'
const CODE_LIFE = 60_000

/** Who may log people in, and who was logged in. */
export class Login {
  readonly keys: SigningKeys
  readonly grants: Grant[] = []
  readonly #clock: Clock
  readonly #appUrl: string
  readonly #secret: string
  readonly #clients = new Map<number, LoginClient>()

  constructor(clock: Clock, appUrl: string, secret = DEFAULT_LOGIN_SECRET) {
    this.keys = new SigningKeys(clock)
    this.#clock = clock
    this.#appUrl = appUrl
    this.#secret = secret
  }

  clientOf(bot: Bot): LoginClient {
    const existing = this.#clients.get(bot.id)
    if (existing !== undefined) return existing
    const origin = URL.canParse(this.#appUrl) ? new URL(this.#appUrl).origin : this.#appUrl
    const client: LoginClient = {
      bot,
      secret: this.#secret,
      redirectUris: [origin],
      pkce: 'required',
    }
    this.#clients.set(bot.id, client)
    return client
  }

  allows(client: LoginClient, redirectUri: string): boolean {
    if (!URL.canParse(redirectUri)) return false
    const { origin, hash } = new URL(redirectUri)
    if (hash !== '') return false
    return client.redirectUris.some((entry) => entry === redirectUri || entry === origin)
  }

  issue(input: Omit<Grant, 'code' | 'at' | 'expires' | 'state'>): Grant {
    const at = this.#clock.now()
    const { misbehave } = input
    const grant: Grant = {
      ...input,
      code: randomSlug(24),
      at,
      expires: at + (misbehave === 'code_expired' ? -1 : CODE_LIFE),
      state: misbehave === 'code_used' ? 'redeemed' : 'issued',
    }
    record(this.grants, grant)
    return grant
  }

  find(code: string): Grant | undefined {
    return this.grants.find((grant) => grant.code === code && grant.misbehave !== 'code_unknown')
  }

  isExpired(grant: Grant): boolean {
    return this.#clock.now() >= grant.expires
  }
}

/** What an owner may enter: an origin, or an address without a fragment. */
export function checkRedirectUri(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hash !== '') {
    throw new HttpError(400, 'REDIRECT_URI_INVALID', `Not an address to come back to: ${text}`)
  }
  return text.replace(/^(https?:\/\/[^/]+)\/$/, '$1')
}
