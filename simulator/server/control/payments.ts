import { HttpError } from '@/simulator/server/errors'
import { parse, type Route, route } from '@/simulator/server/http'
import { slugOf } from '@/simulator/server/payments/invoices'
import { orderInfoOf } from '@/simulator/server/payments/order-info'
import type { Subscription } from '@/simulator/server/payments/subscriptions'
import { botById, personById } from '@/simulator/server/people'
import { purchase } from '@/simulator/server/purchase'
import type { SubscriptionView } from '@/simulator/wire'
import { personOf } from './query'
import * as schemas from './schemas'

function subscriptionView(subscription: Subscription): SubscriptionView {
  const { first, period, expires, state, canceledByBot, canceledByPerson } = subscription
  return {
    charge_id: first.id,
    person_id: first.person.id,
    bot_id: first.bot.id,
    title: first.title,
    invoice_payload: first.payload,
    amount: first.amount,
    period,
    expires_at: expires,
    state,
    canceled_by_bot: canceledByBot,
    canceled_by_person: canceledByPerson,
    failing: subscription.failing || subscription.missed > 0,
  }
}

export const paymentRoutes: Route[] = [
  route('POST', '/control/pay', ({ world, body }) => {
    const input = parse(schemas.pay, body)
    const slug = slugOf(input.link)
    if (slug === undefined) {
      const forms = 'https://t.me/$slug, https://t.me/invoice/slug or tg://invoice?slug=slug'
      throw new HttpError(400, 'LINK_INVALID', `An invoice link looks like ${forms}.`)
    }
    return purchase(world, personById(world, input.person_id), slug, {
      cancel: input.cancel,
      affiliatePerMille: input.affiliate_per_mille,
      card: input.card,
      tip: input.tip_amount,
      shippingOptionId: input.shipping_option_id,
      orderInfo: input.order_info && orderInfoOf(input.order_info),
      verification: input.verification,
    })
  }),
  route('GET', '/control/subscriptions', (context) => {
    return context.world.payments.subscriptions.ofPerson(personOf(context).id).map(subscriptionView)
  }),
  route('POST', '/control/subscriptions', ({ world, body }) => {
    const { person_id, charge_id, action } = parse(schemas.subscription, body)
    personById(world, person_id)
    const { subscriptions } = world.payments
    return subscriptionView(subscriptions.editByPerson(person_id, charge_id, action))
  }),
  route('POST', '/control/refunds', ({ world, body }) => {
    const charge = world.payments.charges.find(parse(schemas.refund, body).charge_id)
    if (charge === undefined) {
      throw new HttpError(404, 'CHARGE_ID_INVALID', 'There is no Star payment with this charge id.')
    }
    if (charge.refunded) {
      throw new HttpError(409, 'CHARGE_ALREADY_REFUNDED', 'This payment has been refunded already.')
    }
    world.payments.charges.giveBack(charge)
    return { charge_id: charge.id, person_id: charge.person.id, amount: charge.amount }
  }),
  route('POST', '/control/withdrawals', ({ world, body }) => {
    const { bot_id, amount } = parse(schemas.withdrawal, body)
    const bot = botById(world, bot_id)
    const taken = world.payments.charges.withdraw(bot, amount)
    return { bot_id: bot.id, amount: taken, stars: bot.milliStars / 1000 }
  }),
  route('POST', '/control/affiliates', ({ world, body }) => {
    const input = parse(schemas.affiliate, body)
    const bot = botById(world, input.bot_id)
    world.payments.charges.setAffiliate(bot, personById(world, input.person_id), {
      person: personById(world, input.affiliate_person_id),
      perMille: input.per_mille,
    })
    return input
  }),
]
