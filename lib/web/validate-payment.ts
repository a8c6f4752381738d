import type { z } from 'zod'
import { answerQuestion } from '@/lib/domain/payments/answer-question'
import type { ValidateAnswer, validateInput } from '@/lib/domain/payments/schema'
import type { Actor } from '@/lib/kit/actor'
import { botMessages } from '@/lib/messages/bot'
import { readPreCheckoutQuery } from '@/lib/telegram/updates'

/** What the webhook would answer to this pre-checkout query. Writes nothing. */
export async function validatePayment(
  actor: Extract<Actor, { kind: 'service' }>,
  query: z.infer<typeof validateInput>,
): Promise<ValidateAnswer> {
  const verdict = await answerQuestion(actor, readPreCheckoutQuery(query))
  return verdict === 'ok'
    ? { ok: true }
    : { ok: false, reason: verdict, message: botMessages.preCheckout[verdict] }
}
