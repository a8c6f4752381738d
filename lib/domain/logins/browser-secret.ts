import { createHash, randomBytes } from 'node:crypto'

/** What a browser proves itself by; only its hash is kept. */
export function newBrowserSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function hashBrowserSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
