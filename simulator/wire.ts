/**
 * What the simulator's server and its browser client say to each other (JSON over HTTP, plus one
 * event stream). Ids of people are numbers of up to 52 bits, dates are unix seconds of the
 * simulated clock, amounts are the currency's smallest unit (Stars as they are).
 */

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
}

/**
 * `POST /client/payment`: answers when the outcome is known, at the latest after the bot's 10 s.
 * Errors: `BALANCE_TOO_LOW`, `FORM_EXPIRED`, `FORM_SUBMIT_DUPLICATE`, `BOT_PRECHECKOUT_TIMEOUT`,
 * `BOT_PRECHECKOUT_FAILED` with the bot's sentence in `message`.
 */
export type PaymentRequest = { person_id: number; form_id: string }
export type PaymentReply = (
  | { status: 'paid'; charge_id: string }
  | { status: 'failed'; error: string; message?: string }
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
 *   GET  /client/links?url=https://t.me/…   → {kind: 'invoice', slug} | {kind: 'bot', bot_id, start?: string, startapp?: string} | {kind: 'unknown'}
 */
