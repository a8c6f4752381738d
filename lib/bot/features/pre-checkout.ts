import { Composer } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { answerQuestion, recordQuestion } from '@/lib/domain/payments/answer-question'
import type { RefusedReason } from '@/lib/domain/payments/schema'
import { isTampering } from '@/lib/domain/payments/tampering'
import { botMessages } from '@/lib/messages/bot'
import { incident } from '@/lib/platform/incident'
import { addLogContext, describeError, log } from '@/lib/platform/log'
import { count } from '@/lib/platform/metrics'
import { readPreCheckoutQuery } from '@/lib/telegram/updates'

/** Telegram gives ten seconds in all; a database that says nothing for this long gets a no. */
const patienceMs = 3000

export const preCheckout = new Composer<BotContext>()

/** Always answers: a question without an answer is a payment that fails without a word. */
preCheckout.on('pre_checkout_query', async (ctx) => {
  let question: ReturnType<typeof readPreCheckoutQuery>
  try {
    question = readPreCheckoutQuery(ctx.preCheckoutQuery)
  } catch (error) {
    await ctx.answerPreCheckoutQuery(false, botMessages.preCheckout.unavailable)
    count('telegram_pre_checkout_total', { outcome: 'refused', reason: 'unavailable' })
    throw error
  }

  const { telegramUserId } = question.payer
  addLogContext(purchaseContext({ payload: question.payload, telegramUserId }))

  const verdict = await decideInTime(question)

  await (verdict === 'ok'
    ? ctx.answerPreCheckoutQuery(true)
    : ctx.answerPreCheckoutQuery(false, botMessages.preCheckout[verdict]))
  const outcome = verdict === 'ok' ? 'approved' : 'refused'
  count('telegram_pre_checkout_total', { outcome, reason: verdict === 'ok' ? '' : verdict })
  log()[verdict === 'ok' ? 'info' : 'warn']({
    event: 'pre_checkout',
    verdict,
    outcome,
    telegramUserId,
  })
  if (isTampering(question, verdict)) {
    incident('payment_tampered', { at: 'pre_checkout', reason: verdict })
  }
  ctx.defer(() => recordQuestion({ kind: 'telegram' }, question, verdict === 'ok' ? null : verdict))
})

async function decideInTime(
  question: ReturnType<typeof readPreCheckoutQuery>,
): Promise<'ok' | RefusedReason | 'unavailable'> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<'unavailable'>((resolve) => {
    timer = setTimeout(resolve, patienceMs, 'unavailable')
  })
  try {
    return await Promise.race([answerQuestion({ kind: 'telegram' }, question), tooLate])
  } catch (error) {
    log().error({ event: 'pre_checkout_failed', ...describeError(error) })
    return 'unavailable'
  } finally {
    clearTimeout(timer)
  }
}
