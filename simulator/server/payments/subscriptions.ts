import type { Bot } from '@/simulator/server/bot'
import { chatOf, serviceMessage } from '@/simulator/server/chats'
import type { Timer } from '@/simulator/server/clock'
import { badRequest, HttpError } from '@/simulator/server/errors'
import { pushSubscription } from '@/simulator/server/updates'
import { notify, type World } from '@/simulator/server/world'
import type { Charge, Charges } from './charges'

export type Subscription = {
  /** The first payment: the id by which the subscription is known. */
  first: Charge
  period: number
  expires: number
  state: 'active' | 'ended'
  canceledByPerson: boolean
  canceledByBot: boolean
  /** Set by the control interface: the next renewal finds no Stars. */
  failing: boolean
  missed: number
  timer: Timer | undefined
}

export type SubscriptionAction = 'cancel' | 'enable' | 'fail' | 'fulfill'

// Not documented by Telegram: how often it tries again when the Stars are missing.
const RETRY_SECONDS = 86_400
const MAX_MISSED = 3

export class Subscriptions {
  #world: World
  #charges: Charges
  #byCharge = new Map<string, Subscription>()

  constructor(world: World, charges: Charges) {
    this.#world = world
    this.#charges = charges
  }

  start(first: Charge, period: number): Subscription {
    const subscription: Subscription = {
      first,
      period,
      expires: first.date + period,
      state: 'active',
      canceledByPerson: false,
      canceledByBot: false,
      failing: false,
      missed: 0,
      timer: undefined,
    }
    this.#byCharge.set(first.id, subscription)
    this.#renewAt(subscription, subscription.expires)
    return subscription
  }

  find(chargeId: string): Subscription | undefined {
    return this.#byCharge.get(chargeId)
  }

  ofPerson(personId: number): Subscription[] {
    return [...this.#byCharge.values()].filter(({ first }) => first.person.id === personId)
  }

  /** editUserStarSubscription. */
  editByBot(bot: Bot, personId: number, chargeId: string, canceled: boolean): void {
    if (!this.#world.people.has(personId)) throw badRequest('USER_ID_INVALID')
    const subscription = this.#byCharge.get(chargeId)
    const first = subscription?.first
    if (subscription === undefined || first?.bot !== bot || first.person.id !== personId) {
      throw badRequest('CHARGE_ID_INVALID')
    }
    if (subscription.state === 'ended') throw badRequest('SUBSCRIPTION_NOT_ACTIVE')
    if (canceled) {
      subscription.canceledByBot = true
      return
    }
    // Lifting the bot's cancel does not resume: the person has to switch the renewal on again.
    if (subscription.canceledByBot) subscription.canceledByPerson = true
    subscription.canceledByBot = false
  }

  editByPerson(personId: number, chargeId: string, action: SubscriptionAction): Subscription {
    const subscription = this.#byCharge.get(chargeId)
    if (subscription === undefined || subscription.first.person.id !== personId) {
      throw new HttpError(404, 'CHARGE_ID_INVALID', 'This person has no such subscription.')
    }
    if (action === 'fulfill') return this.#fulfill(subscription)
    if (subscription.state === 'ended') {
      throw new HttpError(409, 'SUBSCRIPTION_NOT_ACTIVE', 'The subscription has ended.')
    }
    if (action === 'cancel') {
      if (!subscription.canceledByPerson) this.#push(subscription, 'canceled')
      subscription.canceledByPerson = true
    } else if (action === 'fail') {
      subscription.failing = true
      this.#push(subscription, 'failed')
    } else {
      this.#enable(subscription)
    }
    return subscription
  }

  #enable(subscription: Subscription): void {
    if (subscription.canceledByBot) {
      throw new HttpError(
        409,
        'SUBSCRIPTION_CANCELED_BY_BOT',
        'The bot has to lift its cancel first.',
      )
    }
    if (subscription.canceledByPerson || subscription.failing) this.#push(subscription, 'active')
    subscription.canceledByPerson = false
    subscription.failing = false
  }

  #push(subscription: Subscription, state: 'active' | 'canceled' | 'failed'): void {
    const { bot, person, payload } = subscription.first
    pushSubscription(this.#world, bot, person, payload, state)
  }

  #renewAt(subscription: Subscription, unix: number): void {
    subscription.timer?.cancel()
    subscription.timer = this.#world.clock.at(unix * 1000, () => this.#renew(subscription))
  }

  /** Telegram charges by itself: no pre-checkout, the original payload and price, a new charge. */
  #renew(subscription: Subscription): void {
    const { first } = subscription
    if (subscription.canceledByBot || subscription.canceledByPerson || subscription.failing) {
      subscription.state = 'ended'
      return
    }
    if (first.person.stars < first.amount) {
      this.#miss(subscription)
      return
    }
    this.#charge(subscription, subscription.missed > 0)
  }

  /** Pays at once what a renewal could not: also after the subscription has lapsed. */
  #fulfill(subscription: Subscription): Subscription {
    const { first } = subscription
    if (subscription.missed === 0 && !subscription.failing) {
      throw new HttpError(409, 'SUBSCRIPTION_NOT_FAILED', 'No renewal has failed.')
    }
    if (first.person.stars < first.amount) {
      throw new HttpError(409, 'BALANCE_TOO_LOW', 'This person has too few Stars.')
    }
    subscription.state = 'active'
    subscription.failing = false
    this.#charge(subscription, true)
    return subscription
  }

  #charge(subscription: Subscription, late: boolean): void {
    const { first } = subscription
    subscription.missed = 0
    const sale = { bot: first.bot, title: first.title, payload: first.payload, total: first.amount }
    const charge = this.#charges.take(sale, first.person, { period: subscription.period })
    subscription.expires = (late ? charge.date : subscription.expires) + subscription.period
    const payment = this.#charges.paymentOf(charge)
    payment.is_recurring = true
    payment.subscription_expiration_date = subscription.expires
    serviceMessage(this.#world, chatOf(this.#world, first.bot, first.person), 'person', { payment })
    notify(this.#world, { type: 'people' })
    this.#renewAt(subscription, subscription.expires)
  }

  #miss(subscription: Subscription): void {
    subscription.missed += 1
    if (subscription.missed === 1) this.#push(subscription, 'failed')
    if (subscription.missed > MAX_MISSED) subscription.state = 'ended'
    else this.#renewAt(subscription, this.#world.clock.unix() + RETRY_SECONDS)
  }
}
