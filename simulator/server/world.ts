import type {
  ApiCall,
  ClientEvent,
  Delivery,
  InlineButton,
  Invoice,
  ObserverEvent,
  OrderInfo,
  Person,
} from '@/simulator/wire'
import type { Bot } from './bot'
import type { Clock } from './clock'
import type { Faults } from './faults'
import type { Login } from './login/grants'
import type { Invoices } from './payments/invoices'
import type { Payments } from './payments/payments'
import type { StripeAccount } from './stripe/account'

export type Entity = { offset: number; length: number; type: string; url?: string }

export type SuccessfulPayment = {
  title: string
  currency: string
  total_amount: number
  invoice_payload: string
  telegram_payment_charge_id: string
  provider_payment_charge_id: string
  is_recurring?: true
  is_first_recurring?: true
  subscription_expiration_date?: number
  shipping_option_id?: string
  order_info?: OrderInfo
}

export type RefundedPayment = {
  currency: string
  total_amount: number
  invoice_payload: string
  telegram_payment_charge_id: string
  provider_payment_charge_id: string
}

export type StoredMessage = {
  id: number
  from: 'person' | 'bot'
  date: number
  editDate?: number
  text?: string
  entities?: Entity[]
  keyboard?: InlineButton[][]
  invoice?: Invoice & { start_parameter: string }
  payment?: SuccessfulPayment
  refund?: RefundedPayment
  /** The service message "allowed this bot to message you": only the bot reads it. */
  writeAccess?: true
}

export type ChatRecord = {
  bot: Bot
  person: Person
  started: boolean
  blocked: boolean
  writeAllowed: boolean
  chatInstance: string
  messages: Map<number, StoredMessage>
  /** Grows with every change anywhere, so that the newest chat sorts first. */
  touched: number
}

const LOG_LIMIT = 100_000

/** Keeps the last entries of a log that would otherwise grow as long as the simulator runs. */
export function record<T>(log: T[], entry: T): void {
  log.push(entry)
  if (log.length > LOG_LIMIT) log.splice(0, LOG_LIMIT / 10)
}

export type Settings = {
  /** `strict`: public https addresses on Telegram's ports only, as the real server demands. */
  webhooks: 'local' | 'strict'
  /** Order info, shipping and tips asked for in an invoice of Stars. */
  star_invoice_flags: 'ignore' | 'reject'
}

export type World = {
  clock: Clock
  appUrl: string
  /** Where this simulator answers, such as `http://127.0.0.1:4000`. */
  url: string
  /** Real milliseconds that a step of the moving clock waits for a bot that does not answer. */
  patience: number
  settings: Settings
  /** 32 bytes: the Ed25519 key that stands in for Telegram's own. */
  signingSeed: Buffer
  people: Map<number, Person>
  bots: Map<number, Bot>
  chats: Map<string, ChatRecord>
  callbacks: Map<string, { bot: Bot; personId: number; date: number }>
  invoices: Invoices
  payments: Payments
  login: Login
  stripe: StripeAccount
  faults: Faults
  deliveries: Delivery[]
  requests: ApiCall[]
  nextLogId: number
  listeners: Set<(event: ClientEvent) => void>
  observers: Set<(event: ObserverEvent) => void>
}

export function notify(world: World, event: ClientEvent): void {
  for (const listener of world.listeners) listener(event)
}
