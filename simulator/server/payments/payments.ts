import { randomUUID } from 'node:crypto'
import { chatOf, serviceMessage } from '@/simulator/server/chats'
import { HttpError } from '@/simulator/server/errors'
import { declinesAfterApproval } from '@/simulator/server/faults'
import { randomInt64 } from '@/simulator/server/random'
import { pushPreCheckout } from '@/simulator/server/updates'
import { notify, type SuccessfulPayment, type World } from '@/simulator/server/world'
import type { PaymentForm, PaymentReply, Person } from '@/simulator/wire'
import { Charges } from './charges'
import { Checkout, type Verdict } from './checkout'
import type { Invoice } from './invoices'
import { Subscriptions } from './subscriptions'

type Form = { id: string; person: Person; invoice: Invoice; expires: number; submitted: boolean }
export type PayOptions = { affiliatePerMille?: number }

const FORM_LIFE = 10 * 60_000

function failed(error: string, message?: string): PaymentReply {
  return message === undefined ? { status: 'failed', error } : { status: 'failed', error, message }
}

/** What a buyer would have typed into the fields a provider's invoice asks for. */
function orderInfo(invoice: Invoice, person: Person): Record<string, unknown> | undefined {
  const { needs } = invoice
  if (invoice.currency === 'XTR' || !Object.values(needs).includes(true)) return undefined
  const name = [person.first_name, person.last_name].filter(Boolean).join(' ')
  return {
    name: needs.name ? name : undefined,
    phone_number: needs.phone ? '4915112345678' : undefined,
    email: needs.email ? `person${person.id}@example.com` : undefined,
    shipping_address: needs.address
      ? {
          country_code: 'DE',
          state: '',
          city: 'Berlin',
          street_line1: 'Weg 1',
          street_line2: '',
          post_code: '10115',
        }
      : undefined,
  }
}

export class Payments {
  readonly checkout: Checkout
  readonly charges: Charges
  readonly subscriptions: Subscriptions
  #world: World
  #forms = new Map<string, Form>()

  constructor(world: World) {
    this.#world = world
    this.checkout = new Checkout(world.clock)
    this.charges = new Charges(world)
    this.subscriptions = new Subscriptions(world, this.charges)
  }

  openForm(person: Person, slug: string): PaymentForm {
    const invoice = this.#world.invoices.find(slug)
    if (invoice === undefined) {
      throw new HttpError(400, 'SLUG_INVALID', 'There is no invoice with this slug.')
    }
    const id = randomInt64()
    const { clock } = this.#world
    const expires = clock.now() + FORM_LIFE
    this.#forms.set(id, { id, person, invoice, expires, submitted: false })
    // Kept for as long again, so that a late submit is told FORM_EXPIRED.
    clock.after(FORM_LIFE * 2, () => this.#forms.delete(id))
    const { bot, title, description, currency, prices, total, subscriptionPeriod } = invoice
    return {
      form_id: id,
      slug,
      bot: { id: bot.id, first_name: bot.firstName, username: bot.username },
      title,
      description,
      currency,
      prices,
      total_amount: total,
      ...(subscriptionPeriod === undefined ? {} : { subscription_period: subscriptionPeriod }),
      balance: person.stars,
    }
  }

  /** Answers when the outcome is known, at the latest after the bot's ten seconds. */
  submit(person: Person, formId: string, options: PayOptions = {}): Promise<PaymentReply> {
    const form = this.#forms.get(formId)
    if (form === undefined || form.person !== person || this.#world.clock.now() > form.expires) {
      return Promise.resolve(failed('FORM_EXPIRED'))
    }
    if (form.submitted) return Promise.resolve(failed('FORM_SUBMIT_DUPLICATE'))
    const { invoice } = form
    if (invoice.currency === 'XTR' && person.stars < invoice.total) {
      return Promise.resolve(failed('BALANCE_TOO_LOW'))
    }
    form.submitted = true
    const info = orderInfo(invoice, person)
    return new Promise((resolve) => {
      const settle = (verdict: Verdict) => resolve(this.#settle(form, verdict, info, options))
      const id = this.checkout.ask(invoice.bot.id, settle)
      pushPreCheckout(this.#world, invoice.bot, person, {
        id,
        currency: invoice.currency,
        total_amount: invoice.total,
        invoice_payload: invoice.payload,
        ...(info === undefined ? {} : { order_info: info }),
      })
    })
  }

  #settle(
    form: Form,
    verdict: Verdict,
    info: Record<string, unknown> | undefined,
    options: PayOptions,
  ): PaymentReply {
    const { invoice, person } = form
    if (verdict.kind === 'silence') return failed('BOT_PRECHECKOUT_TIMEOUT')
    if (verdict.kind === 'refused') return failed('BOT_PRECHECKOUT_FAILED', verdict.message)
    if (declinesAfterApproval(this.#world.faults)) return failed('PAYMENT_FAILED')
    if (invoice.currency !== 'XTR') return this.#chargeCard(invoice, person, info)
    if (person.stars < invoice.total) return failed('BALANCE_TOO_LOW')
    const charge = this.charges.take(invoice, person, {
      period: invoice.subscriptionPeriod,
      ...options,
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

  #chargeCard(
    invoice: Invoice,
    person: Person,
    info: Record<string, unknown> | undefined,
  ): PaymentReply {
    const charge_id = this.charges.cardChargeId(invoice.bot, person)
    this.#deliver(invoice, person, {
      title: invoice.title,
      currency: invoice.currency,
      total_amount: invoice.total,
      invoice_payload: invoice.payload,
      telegram_payment_charge_id: charge_id,
      provider_payment_charge_id: randomUUID(),
      ...(info === undefined ? {} : { order_info: info }),
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
