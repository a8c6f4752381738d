import { env } from '@/lib/platform/env'

/** A delivery as Telegram makes it. A string body is sent as it is. */
export function makeDelivery(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(`${env().APP_URL}/api/v1/telegram/webhook`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': env().TELEGRAM_WEBHOOK_SECRET[0] ?? '',
      ...headers,
    },
  })
}

let updateId = 418_331_200
export const nextUpdateId = () => (updateId += 1)

type Person = { telegramUserId: number; firstName: string }
const user = (person: Person) => ({
  id: person.telegramUserId,
  is_bot: false,
  first_name: person.firstName,
})

/** `/command` or any other text in the private chat. */
export function makeTextUpdate(person: Person, text: string) {
  const command = /^\/\w+(@\w+)?/.exec(text)?.[0]
  return {
    update_id: nextUpdateId(),
    message: {
      message_id: updateId,
      from: user(person),
      chat: { id: person.telegramUserId, first_name: person.firstName, type: 'private' },
      date: Math.floor(Date.now() / 1000),
      text,
      ...(command
        ? { entities: [{ offset: 0, length: command.length, type: 'bot_command' }] }
        : {}),
    },
  }
}

export function makeCallbackUpdate(person: Person, data: string) {
  const { message } = makeTextUpdate(person, 'Choose')
  return {
    update_id: nextUpdateId(),
    callback_query: { id: '-81985', from: user(person), message, chat_instance: '1', data },
  }
}

export function makePreCheckoutUpdate(
  person: Person,
  query: { id?: string; currency?: string; amount: number; payload: string },
) {
  return {
    update_id: nextUpdateId(),
    pre_checkout_query: {
      id: query.id ?? String(nextUpdateId()),
      from: user(person),
      currency: query.currency ?? 'XTR',
      total_amount: query.amount,
      invoice_payload: query.payload,
    },
  }
}

export function makePaymentUpdate(
  person: Person,
  payment: { chargeId: string; amount: number; payload: string },
) {
  const { text: _, ...message } = makeTextUpdate(person, '').message
  return {
    update_id: nextUpdateId(),
    message: {
      ...message,
      successful_payment: {
        currency: 'XTR',
        total_amount: payment.amount,
        invoice_payload: payment.payload,
        telegram_payment_charge_id: payment.chargeId,
        provider_payment_charge_id: '',
      },
    },
  }
}

/** The bot's own message about a refund: the person is the chat. */
export function makeRefundUpdate(
  person: Person,
  payment: { chargeId: string; amount: number; payload: string },
) {
  const { message, update_id } = makePaymentUpdate(person, payment)
  const { successful_payment: refunded_payment, ...rest } = message
  const bot = { id: 7_000_000_001, is_bot: true, first_name: 'Bot' }
  return { update_id, message: { ...rest, from: bot, refunded_payment } }
}
