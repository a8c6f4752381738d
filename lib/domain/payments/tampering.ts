import { hasValidTag, parsePayload } from '@/lib/domain/invoices/payload'
import type { Question } from './charge'
import type { RefusedReason } from './schema'

/** Refusals that nobody meets who pays the invoice they were given, as it was given to them. */
const tampered: ReadonlySet<string> = new Set([
  'malformed_payload',
  'plan_mismatch',
  'wrong_user',
  'currency_mismatch',
  'amount_mismatch',
] satisfies RefusedReason[])

/**
 * Whether a refusal looks like an attempt to cheat. An unknown invoice with our own tag for exactly
 * this person and price was lost by restoring a backup; without it, it is somebody else's.
 */
export function isTampering(
  question: Question,
  verdict: 'ok' | RefusedReason | 'unavailable',
): boolean {
  if (verdict !== 'unknown_invoice') return tampered.has(verdict)
  const payload = parsePayload(question.payload)
  const terms = { ...question, telegramUserId: question.payer.telegramUserId }
  return payload === null || !hasValidTag(payload, terms)
}
