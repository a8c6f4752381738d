import { createHmac, randomBytes } from 'node:crypto'
import type { Clock, Timer } from '@/simulator/server/clock'
import type { World } from '@/simulator/server/world'
import type { Card } from './cards'
import { missing } from './errors'
import { Idempotency } from './idempotency'
import * as shapes from './shapes'
import { Webhooks } from './webhooks'

export type StripeOptions = {
  /** Without it every test key is good. */
  secretKey?: string
  webhookSecret?: string
  /** `<appUrl>/api/v1/stripe/webhook`. */
  webhookUrl?: string
}

/** What Stripe knows of a Checkout page and does not show. */
export type CheckoutRecord = {
  lines: shapes.LineItemJson[]
  paymentMetadata: Record<string, string>
  subscriptionMetadata: Record<string, string>
  description: string | null
  expiry: Timer
  /** The bank has been asked and has not answered. */
  secured: { card: Card; email: string; name: string } | undefined
}

export type SubscriptionRecord = {
  card: Card
  /** Charges of renewals are declined. */
  failing: boolean
  cycles: number
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** One merchant's account in test mode: the objects, and what happens when they change. */
export class StripeAccount {
  readonly world: World
  readonly secretKey: string | undefined
  readonly customers = new Map<string, shapes.CustomerJson>()
  readonly deletedCustomers = new Set<string>()
  readonly products = new Map<string, shapes.ProductJson>()
  readonly prices = new Map<string, shapes.PriceJson>()
  readonly sessions = new Map<string, shapes.SessionJson>()
  readonly checkouts = new Map<string, CheckoutRecord>()
  readonly subscriptions = new Map<string, shapes.SubscriptionJson>()
  readonly running = new Map<string, SubscriptionRecord>()
  readonly invoices = new Map<string, shapes.InvoiceJson>()
  readonly invoicePayments = new Map<string, shapes.InvoicePaymentJson>()
  readonly paymentIntents = new Map<string, shapes.PaymentIntentJson>()
  readonly charges = new Map<string, shapes.ChargeJson>()
  readonly refunds = new Map<string, shapes.RefundJson>()
  readonly disputes = new Map<string, shapes.DisputeJson>()
  readonly balanceTransactions = new Map<string, shapes.BalanceTransactionJson>()
  readonly portals = new Map<string, shapes.PortalSessionJson>()
  readonly events = new Map<string, shapes.EventJson>()
  readonly webhooks: Webhooks
  readonly idempotency: Idempotency
  /** The call under way, named in the events it causes. */
  request: shapes.EventJson['request'] = { id: null, idempotency_key: null }
  #number = 0

  constructor(world: World, options: StripeOptions = {}) {
    this.world = world
    this.secretKey = options.secretKey
    this.webhooks = new Webhooks(world)
    this.idempotency = new Idempotency(world.clock)
    const { webhookSecret: secret } = options
    const url = options.webhookUrl ?? `${world.appUrl}/api/v1/stripe/webhook`
    if (secret !== undefined) this.addEndpoint({ url, secret, enabled_events: ['*'] })
  }

  get clock(): Clock {
    return this.world.clock
  }

  now(): number {
    return this.clock.unix()
  }

  id(prefix: string, length = 24): string {
    const letters = [...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length])
    return `${prefix}_${letters.join('')}`
  }

  /** Numbers of invoices: the same for all of them, counted up. */
  nextNumber(): string {
    this.#number += 1
    return `SIM-${String(this.#number).padStart(4, '0')}`
  }

  /** Something happened: it is kept, and every endpoint that listens for it is told. */
  emit(type: shapes.EventJson['type'], object: object, previous?: object): shapes.EventJson {
    const data = structuredClone({
      object,
      ...(previous === undefined ? {} : { previous_attributes: previous }),
    })
    const event: shapes.EventJson = {
      id: this.id('evt'),
      object: 'event',
      api_version: shapes.API_VERSION,
      created: this.now(),
      data,
      livemode: false,
      pending_webhooks: 0,
      request: { ...this.request },
      type,
    }
    this.events.set(event.id, event)
    this.webhooks.send(event)
    return event
  }

  addEndpoint(input: {
    url: string
    secret: string
    enabled_events: string[]
    description?: string | undefined
    metadata?: Record<string, string> | undefined
  }): shapes.EndpointJson {
    const endpoint: shapes.EndpointJson = {
      id: this.id('we'),
      object: 'webhook_endpoint',
      api_version: null,
      application: null,
      created: this.now(),
      description: input.description ?? null,
      enabled_events: input.enabled_events,
      livemode: false,
      metadata: input.metadata ?? {},
      status: 'enabled',
      url: input.url,
    }
    this.webhooks.endpoints.set(endpoint.id, { endpoint, secret: input.secret })
    return endpoint
  }

  /** Any object by its id, for `expand`. */
  find(id: string): object | undefined {
    const kinds: Map<string, object>[] = [
      this.customers,
      this.products,
      this.prices,
      this.sessions,
      this.subscriptions,
      this.invoices,
      this.invoicePayments,
      this.paymentIntents,
      this.charges,
      this.refunds,
      this.disputes,
      this.balanceTransactions,
      this.events,
    ]
    for (const kind of kinds) {
      const object = kind.get(id)
      if (object !== undefined) return object
    }
    return undefined
  }

  customer(id: string, param?: string): shapes.CustomerJson {
    const customer = this.customers.get(id)
    if (customer === undefined) {
      throw param === undefined ? missing('customer', id) : missing('customer', id, param, 400)
    }
    return customer
  }

  subscription(id: string): shapes.SubscriptionJson {
    const subscription = this.subscriptions.get(id)
    if (subscription === undefined) throw missing('subscription', id)
    return subscription
  }

  /** Text that goes with an id and cannot be guessed, as in client secrets. */
  secretFor(id: string): string {
    const digest = createHmac('sha256', this.world.signingSeed).update(id).digest('hex')
    return `${id}_secret_${digest.slice(0, 24)}`
  }

  recordBalance(entry: shapes.BalanceTransactionJson): string {
    this.balanceTransactions.set(entry.id, entry)
    return entry.id
  }

  close(): void {
    this.webhooks.close()
  }
}
