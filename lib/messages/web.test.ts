import { describe, expect, it } from 'vitest'
import { webMessages } from './web'

const { home, questions, description } = webMessages
const facts = (takesCards: boolean) => ({
  shopName: 'Shop',
  bot: 'shop_bot',
  support: '',
  takesCards,
})
const answerTo = (question: string, takesCards: boolean) =>
  questions.standard(facts(takesCards)).find((each) => each.question === question)?.answer ?? ''

/** Everything a visitor reads about paying before they open a plan. */
const allText = (takesCards: boolean) =>
  JSON.stringify([
    home.intro('Shop', takesCards),
    home.steps(takesCards),
    description('Shop', takesCards),
    questions.standard(facts(takesCards)),
  ])

describe('what is said about paying', () => {
  it('promises no card where the shop takes none, and no life without one where it does', () => {
    expect(allText(false)).not.toMatch(/by card|Stripe/)
    expect(allText(true)).not.toMatch(/No card number|never asks for a card/)
    expect(home.steps(true)[1]?.title).toBe('Pay in Telegram or by card')
    expect(home.intro('Shop', true)).toContain('Telegram Stars or by card')
    expect(description('Shop', true)).toContain('Telegram Stars or by card')
  })

  it('does not send people who pay by card to Telegram to cancel', () => {
    const question = 'How do I cancel a subscription?'
    expect(answerTo(question, false)).toContain('in Telegram’s own settings')
    expect(answerTo(question, true)).toMatch(/^In your account on this site\./)
    expect(answerTo(question, true)).toContain('one that is paid by card cannot')
    expect(webMessages.plan.cancel).not.toContain('in Telegram')
  })
})
