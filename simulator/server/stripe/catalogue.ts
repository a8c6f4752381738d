import type { StripeAccount } from './account'
import { invalid, missing } from './errors'
import type { LineItemInput } from './params'
import type { LineItemJson, PlanJson, PriceJson, ProductJson } from './shapes'

/** Prices and products, made on the way from `price_data`. */

type PriceData = NonNullable<LineItemInput['price_data']>

function addProduct(account: StripeAccount, data: NonNullable<PriceData['product_data']>): string {
  const created = account.now()
  const product: ProductJson = {
    id: account.id('prod', 14),
    object: 'product',
    active: true,
    created,
    default_price: null,
    description: data.description ?? null,
    images: data.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: data.metadata ?? {},
    name: data.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: created,
    url: null,
  }
  account.products.set(product.id, product)
  return product.id
}

function addPrice(account: StripeAccount, data: PriceData, at: string): PriceJson {
  if (data.product === undefined && data.product_data === undefined) {
    const name = `${at}[price_data][product_data]`
    throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing')
  }
  if (data.product !== undefined && !account.products.has(data.product)) {
    throw missing('product', data.product, `${at}[price_data][product]`, 400)
  }
  const { recurring } = data
  const price: PriceJson = {
    id: account.id('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: account.now(),
    currency: data.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: data.product ?? addProduct(account, data.product_data ?? { name: '' }),
    recurring: recurring
      ? {
          interval: recurring.interval,
          interval_count: recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount: data.unit_amount,
    unit_amount_decimal: String(data.unit_amount),
  }
  account.prices.set(price.id, price)
  return price
}

export function planOf(price: PriceJson): PlanJson {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: {},
    meter: null,
    nickname: null,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
}

function priceFor(account: StripeAccount, input: LineItemInput, at: string): PriceJson {
  if (input.price_data !== undefined) return addPrice(account, input.price_data, at)
  const price = account.prices.get(input.price ?? '')
  if (price !== undefined) return price
  if (input.price === undefined) {
    throw invalid(`Missing required param: ${at}[price_data].`, `${at}[price]`, 'parameter_missing')
  }
  throw missing('price', input.price, `${at}[price]`, 400)
}

export function lineItems(account: StripeAccount, inputs: LineItemInput[]): LineItemJson[] {
  return inputs.map((input, index) => {
    const price = priceFor(account, input, `line_items[${index}]`)
    const amount = price.unit_amount * input.quantity
    return {
      id: account.id('li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: account.products.get(price.product)?.name ?? null,
      metadata: input.metadata ?? {},
      price,
      quantity: input.quantity,
    }
  })
}
