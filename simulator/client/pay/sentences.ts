import { ApiError } from '@/simulator/client/api'

const SENTENCES: Record<string, string> = {
  BOT_PRECHECKOUT_TIMEOUT: 'The bot did not answer in time. You were not charged.',
  BOT_PRECHECKOUT_FAILED: 'The bot declined the payment. You were not charged.',
  FORM_EXPIRED: 'This payment form has expired. Close it and open the invoice again.',
  FORM_SUBMIT_DUPLICATE: 'This payment form was already used.',
  SLUG_INVALID: 'This invoice does not exist.',
  PAYMENT_FAILED: 'The bank declined the card. You were not charged.',
  PAYMENT_CREDENTIALS_INVALID: 'This card is not known here.',
  PAYMENT_VERIFICATION_FAILED: 'The bank was not convinced that it is you. You were not charged.',
  REQ_INFO_NAME_INVALID: 'Please fill in your name.',
  REQ_INFO_PHONE_INVALID: 'This is not a phone number.',
  REQ_INFO_EMAIL_INVALID: 'This is not an e-mail address.',
  ADDRESS_COUNTRY_INVALID: 'The country is two letters, such as DE.',
  ADDRESS_CITY_INVALID: 'Please fill in the city.',
  ADDRESS_STREET_LINE1_INVALID: 'Please fill in the street.',
  ADDRESS_POSTCODE_INVALID: 'Please fill in the postcode.',
  SHIPPING_BOT_TIMEOUT: 'The bot did not say in time what shipping costs.',
  SHIPPING_NOT_AVAILABLE: 'The bot does not ship to this address.',
  SHIPPING_OPTION_INVALID: 'Please choose how it is shipped.',
  TIP_INVALID: 'This tip is too high.',
}

/** The bot's own words where there are some, else ours. */
export function sentenceFor(code: string, message?: string): string {
  return message && message !== code ? message : (SENTENCES[code] ?? code)
}

export function withSentence(error: unknown): unknown {
  return error instanceof ApiError ? new Error(sentenceFor(error.code, error.message)) : error
}
