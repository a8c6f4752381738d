import { addMessage } from '@/simulator/server/chats'
import { badRequest } from '@/simulator/server/errors'
import { starAmount } from '@/simulator/server/payments/stars'
import { messageJson } from '@/simulator/server/updates'
import { type Call, type Method, writableChat } from './call'
import { parseInvoice } from './invoice-input'
import { inlineKeyboard } from './markup'
import { lenientInt } from './params'
import { shippingOptions } from './prices-input'
import { checkFloodWait, sending } from './sending'

const sendInvoice: Method = (call) => {
  const spec = parseInvoice(call, 'message')
  const keyboard = inlineKeyboard(call.params)
  if (keyboard !== undefined && keyboard[0]?.[0]?.pay !== true) {
    throw badRequest('REPLY_MARKUP_BUY_EMPTY')
  }
  const chat = writableChat(call)
  checkFloodWait(call)
  const invoice = call.world.invoices.create(spec)
  const message = addMessage(call.world, chat, {
    from: 'bot',
    invoice: {
      title: spec.title,
      description: spec.description,
      currency: spec.currency,
      total_amount: spec.total,
      slug: invoice.slug,
      paid: false,
      start_parameter: call.params.get('start_parameter'),
    },
    ...(keyboard === undefined ? {} : { keyboard }),
  })
  invoice.message = { chat, id: message.id }
  return messageJson(chat, message)
}

const createInvoiceLink: Method = (call) => {
  const invoice = call.world.invoices.create(parseInvoice(call, 'link'))
  return `https://t.me/$${invoice.slug}`
}

/** The id may come as any spelling of a 64-bit integer; what is none is 0 and not found. */
function int64(raw: string): string {
  const digits = /^-?\d+/.exec(raw.trim())?.[0]
  return digits === undefined ? '0' : BigInt(digits).toString()
}

const answerPreCheckoutQuery: Method = ({ world, bot, params }) => {
  const id = int64(params.get('pre_checkout_query_id'))
  const isOk = params.bool('ok')
  const message = isOk ? '' : params.required('error_message')
  const verdict = isOk ? ({ kind: 'approved' } as const) : ({ kind: 'refused', message } as const)
  world.payments.preCheckouts.answer(bot.id, id, verdict)
  return true
}

const answerShippingQuery: Method = ({ world, bot, params }) => {
  const id = int64(params.get('shipping_query_id'))
  const answer = params.bool('ok')
    ? { options: shippingOptions(params.get('shipping_options')) }
    : { refusal: params.required('error_message') }
  world.payments.shippings.answer(bot.id, id, answer)
  return true
}

function userId({ params }: Call): number {
  const id = lenientInt(params.get('user_id'))
  if (id <= 0) throw badRequest('invalid user_id specified')
  return id
}

const refundStarPayment: Method = (call) => {
  const person = userId(call)
  const charge = call.params.required('telegram_payment_charge_id')
  call.world.payments.charges.refund(call.bot, person, charge)
  return true
}

const editUserStarSubscription: Method = (call) => {
  const person = userId(call)
  const charge = call.params.get('telegram_payment_charge_id')
  const isCanceled = call.params.bool('is_canceled')
  call.world.payments.subscriptions.editByBot(call.bot, person, charge, isCanceled)
  return true
}

const getStarTransactions: Method = ({ bot, params }) => {
  const offset = params.int('offset', 0, 0, 2 ** 31 - 1)
  const limit = params.int('limit', 100, 1, 100)
  const transactions = bot.transactions.slice(offset, offset + limit)
  return {
    transactions: transactions.map(({ id, date, source, receiver, amount, nanostar_amount }) => {
      return { id, date, source, receiver, amount, nanostar_amount }
    }),
  }
}

export const paymentMethods: Record<string, Method> = {
  sendInvoice: sending(sendInvoice),
  createInvoiceLink,
  answerPreCheckoutQuery,
  answerShippingQuery,
  refundStarPayment,
  editUserStarSubscription,
  getStarTransactions,
  getMyStarBalance: ({ bot }) => starAmount(bot.milliStars),
}
