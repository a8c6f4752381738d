import type { z } from 'zod'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { answerQuestion } from '@/lib/domain/payments/answer-question'
import type { ValidateAnswer, validateInput } from '@/lib/domain/payments/schema'
import type { Actor } from '@/lib/kit/actor'
import { botMessages } from '@/lib/messages/bot'
import { addLogContext } from '@/lib/platform/log'
import { readPreCheckoutQuery } from '@/lib/telegram/updates'

/** What the webhook would answer to this pre-checkout query. Writes nothing. */
export async function validatePayment(
  actor: Extract<Actor, { kind: 'service' }>,
  query: z.infer<typeof validateInput>,
): Promise<ValidateAnswer> {
  const question = readPreCheckoutQuery(query)
  const { telegramUserId } = question.payer
  addLogContext(purchaseContext({ payload: question.payload, telegramUserId }))
  const verdict = await answerQuestion(actor, question)
  return verdict === 'ok'
    ? { ok: true }
    : { ok: false, reason: verdict, message: botMessages.preCheckout[verdict] }
}
