/** The test cards, and what becomes of a payment with each. */

export type CardFailure = { code: string; decline_code?: string; message: string }

export type Card = {
  number: string
  last4: string
  brand: string
  /** The bank asks its owner first. */
  isSecure: boolean
  failure: CardFailure | undefined
  /** Pays now, and is declined at renewals. */
  failsLater: boolean
}

export const GOOD_CARD = '4242424242424242'
export const DECLINED: CardFailure = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
}
const NO_FUNDS: CardFailure = {
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
}
const NOT_A_CARD: CardFailure = {
  code: 'incorrect_number',
  message: 'Your card number is incorrect.',
}
const NOT_A_TEST_CARD: CardFailure = {
  code: 'card_declined',
  decline_code: 'test_mode_live_card',
  message: 'Your card was declined. Your request was in test mode, but used a non test card.',
}
export const NOT_VERIFIED: CardFailure = {
  code: 'payment_intent_authentication_failure',
  message: 'We are unable to authenticate your payment method. Please choose another one.',
}

const KNOWN: Record<string, Partial<Card>> = {
  [GOOD_CARD]: {},
  '5555555555554444': { brand: 'mastercard' },
  '4000000000000002': { failure: DECLINED },
  '4000000000009995': { failure: NO_FUNDS },
  '4000002760003184': { isSecure: true },
  '4000000000000341': { failsLater: true },
}

function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return digits.length >= 12 && sum % 10 === 0
}

export function cardOf(text: string): Card {
  const number = text.replace(/[\s-]/g, '')
  const known = KNOWN[number]
  const unknown = /^\d+$/.test(number) && isLuhn(number) ? NOT_A_TEST_CARD : NOT_A_CARD
  return {
    number,
    last4: number.slice(-4),
    brand: 'visa',
    isSecure: false,
    failsLater: false,
    failure: known === undefined ? unknown : undefined,
    ...known,
  }
}
