import type { ApiCall, ClientEvent, Delivery, ObserverEvent, Person } from '@/simulator/wire'
import type { Bot } from './bot'
import { Clock } from './clock'
import type { Faults } from './faults'
import { Login } from './login/grants'
import { Invoices } from './payments/invoices'
import { Payments } from './payments/payments'
import { settle } from './settle'
import { StripeAccount, type StripeOptions } from './stripe/account'
import type { ChatRecord, Settings, World } from './world'

export type WorldOptions = {
  /** Where the Mini App is while the bot has set no menu button: `<appUrl>/app`. */
  appUrl?: string
  /** What the simulated clock shows at the start; without it, real time. */
  clockStart?: Date
  /** Real milliseconds that a moving clock waits for a bot that does not answer (2000). */
  patience?: number
  /** Accept only webhooks that the real Telegram would. */
  strictWebhooks?: boolean
  /** 32 bytes of an Ed25519 key for the `signature` of init data. */
  signingSeed?: Buffer
  /** The secret of every bot's web login. */
  loginClientSecret?: string
  stripe?: StripeOptions
}

export class LocalWorld implements World {
  readonly clock: Clock
  readonly appUrl: string
  readonly patience: number
  readonly settings: Settings
  readonly signingSeed: Buffer
  readonly people = new Map<number, Person>()
  readonly bots = new Map<number, Bot>()
  readonly chats = new Map<string, ChatRecord>()
  readonly callbacks: World['callbacks'] = new Map()
  readonly invoices = new Invoices()
  readonly payments: Payments
  readonly login: Login
  readonly stripe: StripeAccount
  readonly deliveries: Delivery[] = []
  readonly requests: ApiCall[] = []
  nextLogId = 1
  url = ''
  readonly observers = new Set<(event: ObserverEvent) => void>()
  readonly listeners = new Set<(event: ClientEvent) => void>()
  faults: Faults = {}

  constructor(options: WorldOptions) {
    this.clock = new Clock(options.clockStart)
    this.appUrl = (options.appUrl ?? 'http://localhost:3000').replace(/\/+$/, '')
    this.patience = options.patience ?? 2000
    this.settings = {
      webhooks: options.strictWebhooks === true ? 'strict' : 'local',
      star_invoice_flags: 'ignore',
    }
    this.signingSeed = options.signingSeed ?? Buffer.alloc(32, 7)
    this.payments = new Payments(this)
    this.login = new Login(this.clock, this.appUrl, options.loginClientSecret)
    this.stripe = new StripeAccount(this, options.stripe)
    this.clock.whenQuiet = () => settle(this)
  }
}
