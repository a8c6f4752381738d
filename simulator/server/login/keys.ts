import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Clock } from '@/simulator/server/clock'
import { randomSlug } from '@/simulator/server/random'

export type SigningKey = { kid: string; publicKey: KeyObject; privateKey: KeyObject; since: number }

const LIFE = 7 * 86_400_000
const newPair = promisify(generateKeyPair)

export async function newKey(clock: Clock): Promise<SigningKey> {
  const pair = await newPair('rsa', { modulusLength: 2048 })
  return { kid: randomSlug(12), ...pair, since: clock.now() }
}

/** The issuer's keys: a new one every week, and the one before it still published. */
export class SigningKeys {
  readonly #clock: Clock
  #keys: Promise<SigningKey[]> | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async current(): Promise<SigningKey> {
    const [key] = await (this.#keys ?? this.#renew([]))
    if (key === undefined) throw new Error('There is no signing key.')
    if (this.#clock.now() - key.since < LIFE) return key
    return this.rotate()
  }

  async rotate(): Promise<SigningKey> {
    const [key] = await this.#renew(await (this.#keys ?? []))
    if (key === undefined) throw new Error('There is no signing key.')
    return key
  }

  async published(): Promise<object[]> {
    await this.current()
    return (await (this.#keys ?? [])).map(({ kid, publicKey }) => {
      return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }
    })
  }

  #renew(old: SigningKey[]): Promise<SigningKey[]> {
    this.#keys = newKey(this.#clock).then((key) => [key, ...old.slice(0, 1)])
    return this.#keys
  }
}
