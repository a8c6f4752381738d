import { parsePayload } from '@/lib/domain/invoices/payload'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import type { Question } from './charge'
import { decideQuestion } from './rules'
import type { RefusedReason } from './schema'
import { insertQuestion, loadQuestionFacts } from './store'

/**
 * Whether this person may pay this now. One query, writes nothing. The webhook and other services
 * ask the same verb.
 */
export async function answerQuestion(
  _actor: Extract<Actor, { kind: 'telegram' | 'service' }>,
  question: Question,
): Promise<'ok' | RefusedReason> {
  const payload = parsePayload(question.payload)
  const [facts, at] = await Promise.all([loadQuestionFacts(question, payload), now()])

  return decideQuestion(question, payload, facts, {
    now: at,
    graceHours: env().GRACE_HOURS,
    renewalWindowDays: env().RENEWAL_WINDOW_DAYS,
  })
}

const attemptsMax = 3

/** Keeps the question and its answer for the ledger, after the answer went out. */
export async function recordQuestion(
  _actor: Extract<Actor, { kind: 'telegram' }>,
  question: Question,
  refusedBecause: RefusedReason | 'unavailable' | null,
): Promise<void> {
  const payload = parsePayload(question.payload)
  const asked = {
    invoiceId: payload?.invoiceId ?? null,
    planCode: payload?.planCode ?? null,
    reason: refusedBecause,
  }
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    if (await insertQuestion(question, asked, await now())) return
  }
  throw new Error(`the question lost ${attemptsMax} races for its payer's row`)
}
