import { badRequest } from '@/simulator/server/errors'
import { isRecord, parseJson } from '@/simulator/server/json'
import type { LabeledPrice } from '@/simulator/server/payments/invoices'
import type { ShippingOption } from '@/simulator/wire'

/** Prices as bots write them, in invoices and in shipping options. */

export function integer(value: unknown): number | undefined {
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

function priceList(value: unknown): LabeledPrice[] {
  if (!Array.isArray(value)) throw badRequest('expected an Array of labeled prices')
  const prices = value.map(parsePrice)
  if (prices.length === 0) throw badRequest('there must be at least one price')
  return prices
}

export function parsePrices(raw: string): LabeledPrice[] {
  const parsed = parseJson(raw)
  if (parsed === undefined) throw badRequest("can't parse prices JSON object")
  return priceList(parsed.value)
}

function shippingOption(value: unknown): ShippingOption {
  const fail = (text: string) => badRequest(`can't parse shipping option: ${text}`)
  if (!isRecord(value)) throw fail('ShippingOption must be an Object')
  const { id, title, prices } = value
  if (typeof id !== 'string' || id === '') throw fail('ShippingOption identifier must be non-empty')
  if (typeof title !== 'string' || title === '')
    throw fail('ShippingOption title must be non-empty')
  return { id, title, prices: priceList(prices) }
}

export function shippingOptions(raw: string): ShippingOption[] {
  const parsed = parseJson(raw)
  if (parsed === undefined) throw badRequest("can't parse shipping options JSON object")
  if (!Array.isArray(parsed.value)) throw badRequest('expected an Array of shipping options')
  const options = parsed.value.map(shippingOption)
  if (options.length === 0) throw badRequest('there must be at least one shipping option')
  return options
}
