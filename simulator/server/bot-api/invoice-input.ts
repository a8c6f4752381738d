import { badRequest } from '@/simulator/server/errors'
import { parseJson } from '@/simulator/server/json'
import { isCurrency, MAX_AMOUNT, rangeOf } from '@/simulator/server/payments/currencies'
import type { InvoiceSpec, LabeledPrice } from '@/simulator/server/payments/invoices'
import type { OrderField } from '@/simulator/wire'
import type { Call } from './call'
import type { Params } from './params'
import { integer, parsePrices } from './prices-input'

/** The checks of an invoice in the order of the real server: parser, library, Telegram itself. */

const MONTH = 2_592_000
const TEST_PERIODS = [60, 300]
const MAX_SUBSCRIPTION_STARS = 10_000
function parseTips(params: Params): { max: number; suggested: number[] } {
  const rawMax = params.get('max_tip_amount')
  const max = rawMax === '' ? 0 : integer(rawMax)
  if (max === undefined) throw badRequest('can\'t parse "max_tip_amount" as Number')
  const raw = params.get('suggested_tip_amounts')
  if (raw === '') return { max, suggested: [] }
  const parsed = parseJson(raw)
  if (parsed === undefined) throw badRequest("can't parse suggested_tip_amounts JSON object")
  if (!Array.isArray(parsed.value)) throw badRequest('expected an Array of suggested tip amounts')
  const suggested = parsed.value.map((value: unknown) => {
    if (typeof value !== 'number' && typeof value !== 'string') {
      throw badRequest('suggested tip amount must be of type Number or String')
    }
    const amount = integer(value)
    if (amount === undefined) throw badRequest("can't parse suggested tip amount as Number")
    return amount
  })
  return { max, suggested }
}

function checkAmounts(prices: LabeledPrice[], tips: ReturnType<typeof parseTips>): number {
  if (prices.some(({ amount }) => Math.abs(amount) > MAX_AMOUNT)) {
    throw badRequest('too big amount of the currency specified')
  }
  const total = prices.reduce((sum, { amount }) => sum + amount, 0)
  if (total <= 0) throw badRequest('total price must be positive')
  if (total > MAX_AMOUNT) throw badRequest('total price is too big')
  if (tips.max < 0 || tips.max > MAX_AMOUNT) {
    throw badRequest('invalid max_tip_amount of the currency specified')
  }
  for (const tip of tips.suggested) {
    if (tip <= 0) throw badRequest('suggested tip amount must be positive')
    if (tip > tips.max) throw badRequest("suggested tip amount can't be bigger than max_tip_amount")
  }
  if (tips.suggested.length > 4) throw badRequest('there can be at most 4 suggested tip amounts')
  return total
}

/** Sending something to the provider means asking for it, and flexible prices need an address. */
function neededFields(params: Params): OrderField[] {
  const fields: OrderField[] = []
  if (params.bool('need_name')) fields.push('name')
  const phone = params.bool('need_phone_number') || params.bool('send_phone_number_to_provider')
  if (phone) fields.push('phone_number')
  if (params.bool('need_email') || params.bool('send_email_to_provider')) fields.push('email')
  const address = params.bool('need_shipping_address') || params.bool('is_flexible')
  if (address) fields.push('shipping_address')
  return fields
}

function checkPeriod(call: Call, currency: string, total: number, period: number): void {
  const allowed = call.isTest ? [...TEST_PERIODS, MONTH] : [MONTH]
  if (currency !== 'XTR' || !allowed.includes(period))
    throw badRequest('SUBSCRIPTION_PERIOD_INVALID')
  if (total > MAX_SUBSCRIPTION_STARS) throw badRequest('SUBSCRIPTION_AMOUNT_INVALID')
}

function checkByTelegram(
  { params, world }: Call,
  currency: string,
  prices: LabeledPrice[],
  total: number,
): void {
  const provider = params.get('provider_token')
  if (currency === 'XTR') {
    const hasTips = params.int('max_tip_amount', 0, -1, MAX_AMOUNT) > 0
    const hasFlags =
      world.settings.star_invoice_flags === 'reject' && neededFields(params).length > 0
    if (prices.length !== 1 || provider !== '' || hasTips || hasFlags) {
      throw badRequest('STARS_INVOICE_INVALID')
    }
    return
  }
  if (!isCurrency(currency) || !/^\d+:(TEST|LIVE):\S+$/.test(provider)) {
    throw badRequest('PAYMENT_PROVIDER_INVALID')
  }
  const [min, max] = rangeOf(currency)
  if (total < min || total > max) throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID')
}

export function parseInvoice(call: Call, kind: 'message' | 'link'): InvoiceSpec {
  const { params } = call
  const title = params.required('title')
  const description = params.required('description')
  const payload = params.required('payload')
  if (payload.includes('\ufffd')) throw badRequest('the payload must be encoded in UTF-8')
  const currency = params.required('currency')
  const prices = parsePrices(params.required('prices'))
  const tips = parseTips(params)
  const total = checkAmounts(prices, tips)
  const period = params.int('subscription_period', 0, 0, 2 ** 31 - 1)
  if (Buffer.byteLength(payload) > 128) throw badRequest('INVOICE_PAYLOAD_INVALID')
  if ([...title].length > 32) throw badRequest('INVOICE_TITLE_INVALID')
  if ([...description].length > 255) throw badRequest('INVOICE_DESCRIPTION_INVALID')
  checkByTelegram(call, currency, prices, total)
  if (period > 0) {
    if (kind === 'message') throw badRequest('SUBSCRIPTION_EXPORT_MISSING')
    checkPeriod(call, currency, total, period)
  }
  return {
    bot: call.bot,
    title,
    description,
    payload,
    currency,
    prices,
    total,
    subscriptionPeriod: period > 0 ? period : undefined,
    needs: currency === 'XTR' ? [] : neededFields(params),
    isFlexible: currency !== 'XTR' && params.bool('is_flexible'),
    tips: { max: tips.max, suggested: [...tips.suggested].sort((a, b) => a - b) },
  }
}
