/**
 * What the simulator's server and its browser client say to each other (JSON over HTTP, plus one
 * event stream). Ids of people are numbers of up to 52 bits, dates are unix seconds of the
 * simulated clock, amounts are the currency's smallest unit (Stars as they are).
 */

export type * from './wire-observer'

export type Person = {
  id: number
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
  stars: number
}

export type BotInfo = {
  id: number
  first_name: string
  username: string
  commands: { command: string; description: string }[]
  menu_button:
    | { type: 'default' }
    | { type: 'commands' }
    | { type: 'web_app'; text: string; url: string }
}

export type InlineButton = {
  text: string
  url?: string
  callback_data?: string
  web_app?: { url: string }
  pay?: boolean
}

export type Invoice = {
  title: string
  description: string
  currency: string
  total_amount: number
  /** Present on invoice messages: the slug that `payment-form` takes. */
  slug: string
  paid: boolean
}

export type ChatMessage = {
  message_id: number
  from: 'person' | 'bot'
  date: number
  edit_date?: number
  text?: string
  entities?: { type: string; offset: number; length: number; url?: string }[]
  keyboard?: InlineButton[][]
  invoice?: Invoice
  payment?: {
    title: string
    currency: string
    total_amount: number
    charge_id: string
    subscription_until?: number
  }
  refund?: { currency: string; total_amount: number; charge_id: string }
}

export type Chat = {
  bot: BotInfo
  /** The person pressed Start once: before that the composer shows a START button. */
  started: boolean
  blocked: boolean
  write_allowed: boolean
  messages: ChatMessage[]
}

export type Platform = 'weba' | 'web' | 'tdesktop' | 'android'

/** `POST /client/web-app`: opens a Mini App. `url` is what the iframe loads, hash included. */
export type WebAppRequest = {
  person_id: number
  bot_id: number
  source: 'menu' | 'button' | 'link'
  url?: string
  start_param?: string
  platform: Platform
  theme_params: Record<string, string>
}
export type WebAppReply = { url: string; origin: string; init_data: string; title: string }

/** `POST /client/payment-form`: what the payment sheet shows. Errors: `SLUG_INVALID`. */
export type PaymentFormRequest = { person_id: number; slug: string }
export type PaymentForm = {
  form_id: string
  slug: string
  bot: { id: number; first_name: string; username: string }
  title: string
  description: string
  currency: string
  prices: { label: string; amount: number }[]
  total_amount: number
  /** Seconds; present when the invoice is a subscription. */
  subscription_period?: number
  balance: number
  /** Digits behind the point: 0 for Stars and yen, 2 for euros, 3 for some dinars. */
  exponent: number
  /** Card invoices only: what the buyer has to fill in and send to `order-info` first. */
  needs?: OrderField[]
  /** The bot is asked for shipping options once the address is known. */
  is_flexible?: true
  /** Card invoices only: the buyer may add up to this much. */
  max_tip_amount?: number
  suggested_tip_amounts?: number[]
}

export type OrderField = 'name' | 'phone_number' | 'email' | 'shipping_address'

export type ShippingAddress = {
  country_code: string
  state: string
  city: string
  street_line1: string
  street_line2: string
  post_code: string
}

export type OrderInfo = {
  name?: string
  phone_number?: string
  email?: string
  shipping_address?: ShippingAddress
}

export type ShippingOption = {
  id: string
  title: string
  prices: { label: string; amount: number }[]
}

/**
 * `POST /client/order-info`: checks what the buyer filled in and, when the invoice is flexible, asks
 * the bot what shipping costs (up to 10 s). Errors: `REQ_INFO_NAME_INVALID`, `REQ_INFO_PHONE_INVALID`,
 * `REQ_INFO_EMAIL_INVALID`, `ADDRESS_COUNTRY_INVALID`, `ADDRESS_CITY_INVALID`,
 * `ADDRESS_STREET_LINE1_INVALID`, `ADDRESS_POSTCODE_INVALID`, `SHIPPING_BOT_TIMEOUT`,
 * `SHIPPING_NOT_AVAILABLE` with the bot's sentence in `message`, `FORM_EXPIRED`.
 */
export type OrderInfoRequest = { person_id: number; form_id: string; order_info: OrderInfo }
export type OrderInfoReply = { shipping_options?: ShippingOption[] }

/** The cards that the test provider knows; any other number is `PAYMENT_CREDENTIALS_INVALID`. */
export const TEST_CARDS = {
  good: '4242424242424242',
  /** The bot approves, the bank does not: `PAYMENT_FAILED`. */
  declined: '4000000000000002',
  /** Asks for 3-D Secure before the bot is asked. */
  secure: '4000000000003220',
} as const

/**
 * `POST /client/payment`: answers when the outcome is known, at the latest after the bot's 10 s.
 * Errors: `BALANCE_TOO_LOW`, `FORM_EXPIRED`, `FORM_SUBMIT_DUPLICATE`, `BOT_PRECHECKOUT_TIMEOUT`,
 * `BOT_PRECHECKOUT_FAILED` with the bot's sentence in `message`; by card also `PAYMENT_FAILED`,
 * `PAYMENT_CREDENTIALS_INVALID`, `PAYMENT_VERIFICATION_FAILED`, `TIP_INVALID`,
 * `SHIPPING_OPTION_INVALID`, `REQUESTED_INFO_INVALID` (order info was asked for and not given).
 */
export type PaymentRequest = {
  person_id: number
  form_id: string
  /** One of `TEST_CARDS`; without it, the good one. Stars need none. */
  card?: string
  tip_amount?: number
  shipping_option_id?: string
}
/**
 * After `verification` show the bank's question, then `POST /client/payment-verification`
 * `{person_id, form_id, approved}` → PaymentReply.
 */
export type VerificationRequest = { person_id: number; form_id: string; approved: boolean }
export type PaymentReply = (
  | { status: 'paid'; charge_id: string }
  | { status: 'failed'; error: string; message?: string }
  | { status: 'verification' }
) & {
  /**
   * Set by the fault `client_status`: what the client tells the Mini App in `invoice_closed`
   * in place of the outcome ('silent': it sends no invoice_closed at all).
   */
  reported_status?: 'failed' | 'pending' | 'silent'
}

/** `GET /client/events`: `data:` lines of an event stream; refetch what it names. */
export type ClientEvent =
  | { type: 'chat'; person_id: number; bot_id: number }
  | { type: 'people' }
  | { type: 'callback_answer'; person_id: number; text: string; show_alert: boolean }

/*
 * The rest of the client's calls, all JSON, errors as `{"error": "CODE", "message": "…"}` with 4xx:
 *   GET  /client/people                     → Person[]
 *   POST /client/people                     {first_name, stars?} → Person
 *   GET  /client/chats/:person_id           → Chat[] (one per bot, newest first)
 *   POST /client/messages                   {person_id, bot_id, text} → ChatMessage
 *   POST /client/callbacks                  {person_id, bot_id, message_id, data} → {}
 *   POST /client/write-access               {person_id, bot_id} → {}
 *   POST /client/top-up                     {person_id, amount} → Person
 *   POST /client/block                      {person_id, bot_id, blocked} → {}
 *   POST /client/payment-verification       VerificationRequest → PaymentReply
 *   GET  /client/links?url=https://t.me/…   → {kind: 'invoice', slug} | {kind: 'bot', bot_id, start?: string, startapp?: string} | {kind: 'unknown'}
 */
