import { badRequest } from '@/simulator/server/errors'
import { isRecord, parseJson } from '@/simulator/server/json'
import type { InvoiceSpec, LabeledPrice } from '@/simulator/server/payments/invoices'
import type { Call } from './call'
import type { Params } from './params'

/** The checks of an invoice in the order of the real server: parser, library, Telegram itself. */

const MAX_AMOUNT = 999_999_999_999
const MONTH = 2_592_000
const TEST_PERIODS = [60, 300]
const MAX_SUBSCRIPTION_STARS = 10_000
/** Smallest and largest total; where Telegram's table is not known, only the shape is checked. */
const FIAT_RANGE: Record<string, [number, number]> = {
  EUR: [100, 1_000_000],
  GBP: [100, 1_000_000],
  USD: [100, 1_000_000],
}

function integer(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value)
  return undefined
}

function parsePrice(value: unknown): LabeledPrice {
  const fail = (text: string) => badRequest(`can't parse labeled price: ${text}`)
  if (!isRecord(value)) throw fail('LabeledPrice must be an Object')
  const { label } = value
  if (typeof label !== 'string' || label === '') throw fail('LabeledPrice label must be non-empty')
  if (value.amount === undefined) throw fail('Can\'t find field "amount"')
  const amount = integer(value.amount)
  if (amount === undefined) throw fail('Field "amount" must be a valid Number')
  return { label, amount }
}

function parsePrices(raw: string): LabeledPrice[] {
  const parsed = parseJson(raw)
  if (parsed === undefined) throw badRequest("can't parse prices JSON object")
  if (!Array.isArray(parsed.value)) throw badRequest('expected an Array of labeled prices')
  const prices = parsed.value.map(parsePrice)
  if (prices.length === 0) throw badRequest('there must be at least one price')
  return prices
}

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

function checkPeriod(call: Call, currency: string, total: number, period: number): void {
  const allowed = call.isTest ? [...TEST_PERIODS, MONTH] : [MONTH]
  if (currency !== 'XTR' || !allowed.includes(period))
    throw badRequest('SUBSCRIPTION_PERIOD_INVALID')
  if (total > MAX_SUBSCRIPTION_STARS) throw badRequest('SUBSCRIPTION_AMOUNT_INVALID')
}

function checkByTelegram(
  params: Params,
  currency: string,
  prices: LabeledPrice[],
  total: number,
): void {
  const provider = params.get('provider_token')
  if (currency === 'XTR') {
    const hasTips = params.int('max_tip_amount', 0, -1, MAX_AMOUNT) > 0
    if (prices.length !== 1 || provider !== '' || hasTips) throw badRequest('STARS_INVOICE_INVALID')
    return
  }
  const isKnown = Intl.supportedValuesOf('currency').includes(currency)
  if (!isKnown || !/^\d+:(TEST|LIVE):\S+$/.test(provider))
    throw badRequest('PAYMENT_PROVIDER_INVALID')
  const [min, max] = FIAT_RANGE[currency] ?? [1, MAX_AMOUNT]
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
  checkByTelegram(params, currency, prices, total)
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
    needs: {
      name: params.bool('need_name'),
      phone: params.bool('need_phone_number'),
      email: params.bool('need_email'),
      address: params.bool('need_shipping_address') || params.bool('is_flexible'),
    },
  }
}
