import type { Bot } from '@/simulator/server/bot'
import { chatOf, serviceMessage } from '@/simulator/server/chats'
import { badRequest, HttpError } from '@/simulator/server/errors'
import { randomSlug } from '@/simulator/server/random'
import { userJson } from '@/simulator/server/updates'
import { notify, type SuccessfulPayment, type World } from '@/simulator/server/world'
import type { Person } from '@/simulator/wire'
import { starAmount } from './stars'

export type Charge = {
  id: string
  providerId: string
  bot: Bot
  person: Person
  title: string
  payload: string
  amount: number
  /** Thousandths of a Star that reached the bot: less when an affiliate had a share. */
  credited: number
  affiliate: Affiliate | undefined
  date: number
  refunded: boolean
}

/** Who brought the buyer, and how many thousandths of the price that is worth. */
export type Affiliate = { person: Person | undefined; perMille: number }

type Sale = { bot: Bot; title: string; payload: string; total: number }
type TakeOptions = { period?: number | undefined; affiliatePerMille?: number | undefined }

// Real ids have been seen longer than 128 characters: a column that is too short must show here.
const CHARGE_ID_BYTES = 105

function partner(charge: Charge, sign: 1 | -1): Record<string, unknown> {
  const { affiliate, amount, payload, person } = charge
  return {
    transaction_type: 'invoice_payment',
    type: 'user',
    user: userJson(person),
    affiliate: affiliate && {
      affiliate_user: affiliate.person && userJson(affiliate.person),
      commission_per_mille: affiliate.perMille,
      ...starAmount(sign * amount * affiliate.perMille),
    },
    invoice_payload: payload,
  }
}

/** Stars changing hands, and the list of it that getStarTransactions reads. */
export class Charges {
  #world: World
  #byId = new Map<string, Charge>()
  #affiliates = new Map<string, Affiliate>()
  #count = 0

  constructor(world: World) {
    this.#world = world
  }

  find(id: string): Charge | undefined {
    return this.#byId.get(id)
  }

  take(sale: Sale, person: Person, options: TakeOptions): Charge {
    const { bot } = sale
    const perMille = options.affiliatePerMille
    const affiliate: Affiliate | undefined =
      perMille === undefined
        ? this.#affiliates.get(`${bot.id}:${person.id}`)
        : { person: undefined, perMille }
    this.#count += 1
    const charge: Charge = {
      id: `stx${randomSlug(CHARGE_ID_BYTES)}`,
      providerId: `${person.id}_${this.#count}`,
      bot,
      person,
      title: sale.title,
      payload: sale.payload,
      amount: sale.total,
      credited: sale.total * (1000 - (affiliate?.perMille ?? 0)),
      affiliate,
      date: this.#world.clock.unix(),
      refunded: false,
    }
    this.#byId.set(charge.id, charge)
    person.stars -= charge.amount
    bot.milliStars += charge.credited
    this.#payAffiliate(charge, 1)
    bot.transactions.push({
      id: charge.id,
      date: charge.date,
      source: { ...partner(charge, 1), subscription_period: options.period },
      ...starAmount(charge.credited),
    })
    return charge
  }

  /** From now on every payment of this person to this bot, renewals too, has its share. */
  setAffiliate(bot: Bot, person: Person, affiliate: Affiliate): void {
    const key = `${bot.id}:${person.id}`
    if (affiliate.perMille === 0) this.#affiliates.delete(key)
    else this.#affiliates.set(key, affiliate)
  }

  #payAffiliate({ affiliate, amount }: Charge, sign: 1 | -1): void {
    if (affiliate?.person === undefined) return
    affiliate.person.stars += sign * Math.floor((amount * affiliate.perMille) / 1000)
  }

  /** The owner takes Stars out; without an amount, all. */
  withdraw(bot: Bot, stars: number | undefined): number {
    const amount = stars ?? Math.floor(bot.milliStars / 1000)
    if (amount <= 0 || amount * 1000 > bot.milliStars) {
      throw new HttpError(409, 'BALANCE_TOO_LOW', 'The bot does not have as many Stars.')
    }
    bot.milliStars -= amount * 1000
    const date = this.#world.clock.unix()
    const withdrawal_state = { type: 'succeeded', date, url: 'https://fragment.com/' }
    const receiver = { type: 'fragment', withdrawal_state }
    bot.transactions.push({ id: randomSlug(18), date, receiver, amount })
    return amount
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
    if (bot.milliStars < charge.credited) throw badRequest('BALANCE_TOO_LOW')
    this.giveBack(charge)
    return charge
  }

  /** Also what a dispute does, without asking the bot or its balance. */
  giveBack(charge: Charge): void {
    const { bot, person } = charge
    charge.refunded = true
    person.stars += charge.amount
    bot.milliStars -= charge.credited
    this.#payAffiliate(charge, -1)
    bot.transactions.push({
      id: charge.id,
      date: this.#world.clock.unix(),
      receiver: partner(charge, -1),
      ...starAmount(charge.credited),
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
