import type { Clock } from '@/simulator/server/clock'
import { HttpError } from '@/simulator/server/errors'
import { randomInt64 } from '@/simulator/server/random'
import type { OrderInfo, PaymentForm, Person, ShippingOption } from '@/simulator/wire'
import { exponentOf } from './currencies'
import type { Invoice, Invoices } from './invoices'

export type Form = {
  id: string
  person: Person
  invoice: Invoice
  expires: number
  state: 'open' | 'verifying' | 'submitted'
  order: OrderInfo | undefined
  options: ShippingOption[]
}

const FORM_LIFE = 10 * 60_000

/** Payment forms: one for each time somebody opens an invoice, good for ten minutes. */
export class Forms {
  #clock: Clock
  #invoices: Invoices
  #forms = new Map<string, Form>()

  constructor(clock: Clock, invoices: Invoices) {
    this.#clock = clock
    this.#invoices = invoices
  }

  open(person: Person, slug: string): PaymentForm {
    const invoice = this.#invoices.find(slug)
    if (invoice === undefined) {
      throw new HttpError(400, 'SLUG_INVALID', 'There is no invoice with this slug.')
    }
    const id = randomInt64()
    const expires = this.#clock.now() + FORM_LIFE
    const state = 'open'
    this.#forms.set(id, { id, person, invoice, expires, state, order: undefined, options: [] })
    // Kept for as long again, so that a late submit is told FORM_EXPIRED.
    this.#clock.after(FORM_LIFE * 2, () => this.#forms.delete(id))
    return formView(id, slug, invoice, person)
  }

  /** undefined: there is none that this person could still submit. */
  find(person: Person, id: string): Form | undefined {
    const form = this.#forms.get(id)
    if (form === undefined || form.person !== person || this.#clock.now() > form.expires) {
      return undefined
    }
    return form
  }
}

function formView(id: string, slug: string, invoice: Invoice, person: Person): PaymentForm {
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
    exponent: exponentOf(currency),
    ...(invoice.needs.length > 0 ? { needs: invoice.needs } : {}),
    ...(invoice.isFlexible ? { is_flexible: true as const } : {}),
    ...(invoice.tips.max > 0
      ? { max_tip_amount: invoice.tips.max, suggested_tip_amounts: invoice.tips.suggested }
      : {}),
  }
}
