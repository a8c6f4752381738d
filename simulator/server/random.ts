import { randomBytes } from 'node:crypto'

/** A signed 64-bit integer as text: how Telegram names queries and chat instances. */
export function randomInt64(): string {
  return randomBytes(8).readBigInt64BE().toString()
}

export function randomSlug(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}
