import type { Bot } from '@/simulator/server/bot'
import { chatOf, serviceMessage } from '@/simulator/server/chats'
import { badRequest } from '@/simulator/server/errors'
import { randomSlug } from '@/simulator/server/random'
import { userJson } from '@/simulator/server/updates'
import { notify, type SuccessfulPayment, type World } from '@/simulator/server/world'
import type { Person } from '@/simulator/wire'

export type Charge = {
  id: string
  providerId: string
  bot: Bot
  person: Person
  title: string
  payload: string
  amount: number
  /** What reached the bot: less than the price when an affiliate had a share. */
  credited: number
  date: number
  refunded: boolean
}

type Sale = { bot: Bot; title: string; payload: string; total: number }
type TakeOptions = { period?: number | undefined; affiliatePerMille?: number }

// Real ids have been seen longer than 128 characters: a column that is too short must show here.
const CHARGE_ID_BYTES = 105

/** Stars changing hands, and the list of it that getStarTransactions reads. */
export class Charges {
  #world: World
  #byId = new Map<string, Charge>()
  #count = 0

  constructor(world: World) {
    this.#world = world
  }

  find(id: string): Charge | undefined {
    return this.#byId.get(id)
  }

  take(sale: Sale, person: Person, options: TakeOptions): Charge {
    const { bot } = sale
    const commission = options.affiliatePerMille ?? 0
    const share = Math.floor((sale.total * commission) / 1000)
    this.#count += 1
    const charge: Charge = {
      id: `stx${randomSlug(CHARGE_ID_BYTES)}`,
      providerId: `${person.id}_${this.#count}`,
      bot,
      person,
      title: sale.title,
      payload: sale.payload,
      amount: sale.total,
      credited: sale.total - share,
      date: this.#world.clock.unix(),
      refunded: false,
    }
    this.#byId.set(charge.id, charge)
    person.stars -= charge.amount
    bot.balance += charge.credited
    bot.transactions.push({
      id: charge.id,
      date: charge.date,
      source: {
        transaction_type: 'invoice_payment',
        type: 'user',
        user: userJson(person),
        invoice_payload: charge.payload,
        subscription_period: options.period,
        affiliate: commission > 0 ? { commission_per_mille: commission, amount: share } : undefined,
      },
      amount: charge.credited,
    })
    return charge
  }

  paymentOf(charge: Charge): SuccessfulPayment {
    return {
      title: charge.title,
      currency: 'XTR',
      total_amount: charge.amount,
      invoice_payload: charge.payload,
      telegram_payment_charge_id: charge.id,
      provider_payment_charge_id: charge.providerId,
    }
  }

  cardChargeId(bot: Bot, person: Person): string {
    this.#count += 1
    return `${bot.id % 10_000_000_000}_${person.id}_${this.#count}`
  }

  /** The bot's own refund: needs the right person and enough Stars. */
  refund(bot: Bot, personId: number, chargeId: string): Charge {
    if (!this.#world.people.has(personId)) throw badRequest('USER_ID_INVALID')
    const charge = this.#byId.get(chargeId)
    if (charge === undefined || charge.bot !== bot || charge.person.id !== personId) {
      throw badRequest('CHARGE_ID_EMPTY')
    }
    if (charge.refunded) throw badRequest('CHARGE_ALREADY_REFUNDED')
    if (bot.balance < charge.credited) throw badRequest('BALANCE_TOO_LOW')
    this.giveBack(charge)
    return charge
  }

  /** Also what a dispute does, without asking the bot or its balance. */
  giveBack(charge: Charge): void {
    const { bot, person } = charge
    charge.refunded = true
    person.stars += charge.amount
    bot.balance -= charge.credited
    bot.transactions.push({
      id: charge.id,
      date: this.#world.clock.unix(),
      receiver: {
        transaction_type: 'invoice_payment',
        type: 'user',
        user: userJson(person),
        invoice_payload: charge.payload,
      },
      amount: charge.credited,
    })
    const refund = {
      currency: 'XTR',
      total_amount: charge.amount,
      invoice_payload: charge.payload,
      telegram_payment_charge_id: charge.id,
      provider_payment_charge_id: charge.providerId,
    }
    serviceMessage(this.#world, chatOf(this.#world, bot, person), 'bot', { refund })
    notify(this.#world, { type: 'people' })
  }
}
