import { Composer, InlineKeyboard } from 'grammy'
import { type BotContext, personOf } from '@/lib/bot/context'
import { answerLogin } from '@/lib/domain/logins/answer-login'
import { askLogin } from '@/lib/domain/logins/ask-login'
import { displayCode, loginCode } from '@/lib/domain/logins/schema'
import { rememberPerson } from '@/lib/domain/users/remember-person'
import { Refusal } from '@/lib/kit/errors'
import { loginBotMessages as words } from '@/lib/messages/login'

/** Confirms a login of an ordinary browser: asks the one who opened its code, and nobody else. */
export const login = new Composer<BotContext>()

login.command('start', async (ctx, next) => {
  const [, text] = /^login-(.+)$/.exec(ctx.match.trim()) ?? []
  if (text === undefined) return next()
  const person = personOf(ctx)
  await rememberPerson({ kind: 'telegram' }, person, 'yes')
  const code = loginCode.safeParse(text)
  const question = code.success
    ? await orRefusal(askLogin(person, code.data))
    : ('expired' as const)
  if (typeof question === 'string') {
    await ctx.reply(words.outcomes[question])
    return
  }
  await ctx.reply(words.question({ ...question, code: displayCode(question.code) }), {
    reply_markup: new InlineKeyboard()
      .text(words.yes, `login:confirmed:${question.code}`)
      .text(words.no, `login:denied:${question.code}`),
  })
})

login.callbackQuery(/^login:(confirmed|denied):(\w+)$/, async (ctx) => {
  // Too late to stop the button's spinner is no harm: the answer itself is a message.
  await ctx.answerCallbackQuery().catch(() => {})
  const [, verb, code = ''] = ctx.match
  const answer = verb === 'confirmed' ? 'confirmed' : 'denied'
  const person = personOf(ctx)
  await rememberPerson({ kind: 'telegram' }, person, 'yes')
  const outcome = await orRefusal(answerLogin(person, code, answer))
  // Without its buttons the question cannot be answered again.
  await ctx.editMessageText(words.outcomes[outcome])
})

async function orRefusal<T>(work: Promise<T>): Promise<T | 'rate_limited'> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal && error.code === 'rate_limited') return 'rate_limited'
    throw error
  }
}
