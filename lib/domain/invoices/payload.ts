import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { planCode } from '@/lib/domain/plans/schema'
import { isId } from '@/lib/kit/ids'
import { toUnix } from '@/lib/kit/period'
import { env } from '@/lib/platform/env'

/** The visible part of an invoice payload: `<invoice id>.<plan code>.<issued at>.<tag>`. */
export type Payload = { invoiceId: string; planCode: string; issuedAt: number; tag: string }

/** What the tag covers besides the visible part, and what is not in the text. */
export type PayloadTerms = { telegramUserId: number; currency: string; amount: number }

/**
 * Writes the payload of a new invoice: ASCII, at most 103 of the 128 bytes Telegram allows (36 for
 * the id, 32 for the longest plan code, 10 for the date, 22 for the tag, 3 dots).
 */
export function signPayload(
  invoice: { id: string; planCode: string; issuedAt: Date } & PayloadTerms,
): string {
  const visible = `${invoice.id}.${invoice.planCode}.${toUnix(invoice.issuedAt)}`
  const [key] = signingKeys()
  return `${visible}.${tagOf(visible, invoice, key)}`
}

/** The parts of a payload, or null when it does not have our shape. The tag is not checked. */
export function parsePayload(text: string): Payload | null {
  const [invoiceId = '', code = '', issuedAt = '', tag = '', ...rest] = text.split('.')
  const hasShape =
    rest.length === 0 &&
    isId(invoiceId) &&
    planCode.safeParse(code).success &&
    /^\d{1,12}$/.test(issuedAt) &&
    /^[\w-]{22}$/.test(tag)
  return hasShape ? { invoiceId, planCode: code, issuedAt: Number(issuedAt), tag } : null
}

/** Whether one of our keys made this tag for these terms. Constant time for each key. */
export function hasValidTag(payload: Payload, terms: PayloadTerms): boolean {
  const visible = `${payload.invoiceId}.${payload.planCode}.${payload.issuedAt}`
  const given = Buffer.from(payload.tag)
  return signingKeys().some((key) =>
    timingSafeEqual(Buffer.from(tagOf(visible, terms, key)), given),
  )
}

function tagOf(visible: string, terms: PayloadTerms, key: Buffer): string {
  const covered = [
    'starpass invoice 1',
    visible,
    terms.telegramUserId,
    terms.currency,
    terms.amount,
  ]
  const mac = createHmac('sha256', key).update(covered.join('\n')).digest()
  return mac.subarray(0, 16).toString('base64url')
}

/** Newest first; old ones still verify, and the derived one is what signed before there were any. */
function signingKeys(): [Buffer, ...Buffer[]] {
  const derived = derivedKey(env().NEXTAUTH_SECRET)
  const [newest, ...older] = env().INVOICE_SIGNING_KEYS.map((key) => Buffer.from(key))
  return newest ? [newest, ...older, derived] : [derived]
}

let derived: { from: string; key: Buffer } | undefined

/** Kept, because every charge and question asks for it. */
function derivedKey(secret: string): Buffer {
  if (derived?.from !== secret) {
    const key = Buffer.from(hkdfSync('sha256', secret, '', 'starpass invoice signing', 32))
    derived = { from: secret, key }
  }
  return derived.key
}
