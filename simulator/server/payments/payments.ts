import { randomUUID } from 'node:crypto'
import { chatOf, serviceMessage } from '@/simulator/server/chats'
import { declinesAfterApproval } from '@/simulator/server/faults'
import { pushPreCheckout, pushShipping } from '@/simulator/server/updates'
import { notify, type SuccessfulPayment, type World } from '@/simulator/server/world'
import {
  type OrderInfo,
  type PaymentReply,
  type Person,
  type ShippingOption,
  TEST_CARDS,
} from '@/simulator/wire'
import { Charges } from './charges'
import { type Form, Forms } from './forms'
import type { Invoice } from './invoices'
import { keptOrderInfo, orderInfoError, typicalOrderInfo } from './order-info'
import { Questions } from './questions'
import { Subscriptions } from './subscriptions'

export type PayOptions = {
  affiliatePerMille?: number | undefined
  /** Without it, the test card that works. */
  card?: string | undefined
  tip?: number | undefined
  shippingOptionId?: string | undefined
}
type Verdict = { kind: 'approved' } | { kind: 'refused'; message: string }
type Shipping = { options: ShippingOption[] } | { refusal: string }
/** What is being bought, once the buyer has decided everything. */
type Order = {
  total: number
  card: string
  info: OrderInfo | undefined
  option: ShippingOption | undefined
  affiliatePerMille: number | undefined
}
export type ShippingReply = ShippingOption[] | { error: string; message?: string }

function failed(error: string, message?: string): PaymentReply {
  return message === undefined ? { status: 'failed', error } : { status: 'failed', error, message }
}

export class Payments {
  readonly forms: Forms
  readonly preCheckouts: Questions<Verdict>
  readonly shippings: Questions<Shipping>
  readonly charges: Charges
  readonly subscriptions: Subscriptions
  #world: World
  #orders = new WeakMap<Form, Order>()

  constructor(world: World) {
    this.#world = world
    this.forms = new Forms(world.clock, world.invoices)
    this.preCheckouts = new Questions(world.clock)
    this.shippings = new Questions(world.clock)
    this.charges = new Charges(world)
    this.subscriptions = new Subscriptions(world, this.charges)
  }

  /** Checks what the buyer filled in; the bot of a flexible invoice says what shipping costs. */
  fillIn(person: Person, formId: string, info: OrderInfo): Promise<ShippingReply> {
    const form = this.forms.find(person, formId)
    if (form?.state !== 'open') return Promise.resolve({ error: 'FORM_EXPIRED' })
    const { invoice } = form
    const error = orderInfoError(invoice, info)
    if (error !== undefined) return Promise.resolve({ error })
    form.order = info
    form.options = []
    const address = info.shipping_address
    if (!invoice.isFlexible || address === undefined) return Promise.resolve([])
    return new Promise((resolve) => {
      const id = this.shippings.ask(invoice.bot.id, (answer) => {
        if (answer === undefined) return resolve({ error: 'SHIPPING_BOT_TIMEOUT' })
        if ('refusal' in answer) {
          return resolve({ error: 'SHIPPING_NOT_AVAILABLE', message: answer.refusal })
        }
        form.options = answer.options
        resolve(answer.options)
      })
      pushShipping(this.#world, invoice, person, { id, address })
    })
  }

  /** Answers when the outcome is known, at the latest after the bot's ten seconds. */
  submit(person: Person, formId: string, options: PayOptions = {}): Promise<PaymentReply> {
    const form = this.forms.find(person, formId)
    if (form === undefined) return Promise.resolve(failed('FORM_EXPIRED'))
    if (form.state !== 'open') return Promise.resolve(failed('FORM_SUBMIT_DUPLICATE'))
    const order = this.#orderOf(form, options)
    if (typeof order === 'string') return Promise.resolve(failed(order))
    this.#orders.set(form, order)
    if (form.invoice.currency !== 'XTR' && order.card === TEST_CARDS.secure) {
      form.state = 'verifying'
      return Promise.resolve({ status: 'verification' })
    }
    return this.#askBot(form, order)
  }

  /** What the buyer told the bank: only then the bot is asked. */
  verify(person: Person, formId: string, approved: boolean): Promise<PaymentReply> {
    const form = this.forms.find(person, formId)
    const order = form && this.#orders.get(form)
    if (form?.state !== 'verifying' || order === undefined) {
      return Promise.resolve(failed('FORM_EXPIRED'))
    }
    if (approved) return this.#askBot(form, order)
    form.state = 'open'
    return Promise.resolve(failed('PAYMENT_VERIFICATION_FAILED'))
  }

  #orderOf(form: Form, options: PayOptions): Order | string {
    const { invoice, person } = form
    const { affiliatePerMille } = options
    const plain = { total: invoice.total, card: '', info: undefined, option: undefined }
    if (invoice.currency === 'XTR') {
      if (person.stars < invoice.total) return 'BALANCE_TOO_LOW'
      return { ...plain, affiliatePerMille }
    }
    const card = (options.card ?? TEST_CARDS.good).replaceAll(/[\s-]/g, '')
    const isKnown = Object.values<string>(TEST_CARDS).includes(card)
    if (!isKnown) return 'PAYMENT_CREDENTIALS_INVALID'
    const tip = options.tip ?? 0
    if (tip < 0 || tip > invoice.tips.max) return 'TIP_INVALID'
    const option = form.options.find(({ id }) => id === options.shippingOptionId)
    if (invoice.isFlexible && option === undefined) return 'SHIPPING_OPTION_INVALID'
    // Clients remember what a person filled in before.
    const info = keptOrderInfo(invoice, form.order ?? typicalOrderInfo(invoice, person))
    const shipping = option?.prices.reduce((sum, { amount }) => sum + amount, 0) ?? 0
    return { total: invoice.total + shipping + tip, card, info, option, affiliatePerMille }
  }

  #askBot(form: Form, order: Order): Promise<PaymentReply> {
    const { invoice, person } = form
    form.state = 'submitted'
    return new Promise((resolve) => {
      const settle = (verdict: Verdict | undefined) => resolve(this.#settle(form, order, verdict))
      const id = this.preCheckouts.ask(invoice.bot.id, settle)
      pushPreCheckout(this.#world, invoice.bot, person, {
        id,
        currency: invoice.currency,
        total_amount: order.total,
        invoice_payload: invoice.payload,
        shipping_option_id: order.option?.id,
        order_info: order.info,
      })
    })
  }

  #settle(form: Form, order: Order, verdict: Verdict | undefined): PaymentReply {
    const { invoice, person } = form
    if (verdict === undefined) return failed('BOT_PRECHECKOUT_TIMEOUT')
    if (verdict.kind === 'refused') return failed('BOT_PRECHECKOUT_FAILED', verdict.message)
    if (declinesAfterApproval(this.#world.faults)) return failed('PAYMENT_FAILED')
    if (order.card === TEST_CARDS.declined) return failed('PAYMENT_FAILED')
    if (invoice.currency !== 'XTR') return this.#chargeCard(invoice, person, order)
    if (person.stars < invoice.total) return failed('BALANCE_TOO_LOW')
    const charge = this.charges.take(invoice, person, {
      period: invoice.subscriptionPeriod,
      affiliatePerMille: order.affiliatePerMille,
    })
    const payment = this.charges.paymentOf(charge)
    if (invoice.subscriptionPeriod !== undefined) {
      const subscription = this.subscriptions.start(charge, invoice.subscriptionPeriod)
      payment.is_recurring = true
      payment.is_first_recurring = true
      payment.subscription_expiration_date = subscription.expires
    }
    this.#deliver(invoice, person, payment)
    return { status: 'paid', charge_id: charge.id }
  }

  #chargeCard(invoice: Invoice, person: Person, order: Order): PaymentReply {
    const charge_id = this.charges.cardChargeId(invoice.bot, person)
    this.#deliver(invoice, person, {
      title: invoice.title,
      currency: invoice.currency,
      total_amount: order.total,
      invoice_payload: invoice.payload,
      telegram_payment_charge_id: charge_id,
      provider_payment_charge_id: randomUUID(),
      ...(order.option === undefined ? {} : { shipping_option_id: order.option.id }),
      ...(order.info === undefined ? {} : { order_info: order.info }),
    })
    return { status: 'paid', charge_id }
  }

  #deliver(invoice: Invoice, person: Person, payment: SuccessfulPayment): void {
    const { message } = invoice
    if (message !== undefined && message.chat.person === person) {
      const sent = message.chat.messages.get(message.id)
      if (sent?.invoice !== undefined) sent.invoice.paid = true
    }
    serviceMessage(this.#world, chatOf(this.#world, invoice.bot, person), 'person', { payment })
    notify(this.#world, { type: 'people' })
  }
}
