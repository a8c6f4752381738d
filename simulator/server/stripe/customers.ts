import type { z } from 'zod'
import type { StripeAccount } from './account'
import { endSubscription } from './billing'
import { missing } from './errors'
import type * as schemas from './params'
import type { CustomerJson } from './shapes'

type Input = Omit<z.output<typeof schemas.customer>, 'expand'>

export function mergeMetadata(
  old: Record<string, string>,
  changes: Record<string, string> | undefined,
): Record<string, string> {
  if (changes === undefined) return old
  if (Object.keys(changes).length === 0) return {}
  const merged = Object.entries({ ...old, ...changes })
  return Object.fromEntries(merged.filter(([, value]) => value !== ''))
}

export function createCustomer(account: StripeAccount, input: Input): CustomerJson {
  const id = account.id('cus', 14)
  const customer: CustomerJson = {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: account.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: input.description || null,
    discount: null,
    email: input.email || null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: input.metadata ?? {},
    name: input.name || null,
    next_invoice_sequence: 1,
    phone: input.phone || null,
    preferred_locales: input.preferred_locales ?? [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  }
  account.customers.set(id, customer)
  account.emit('customer.created', customer)
  return customer
}

export function updateCustomer(account: StripeAccount, id: string, input: Input): CustomerJson {
  const customer = account.customer(id)
  const { metadata, ...rest } = input
  const previous: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(rest)) {
    if (value === undefined) continue
    previous[name] = Reflect.get(customer, name)
    Reflect.set(customer, name, value === '' ? null : value)
  }
  customer.metadata = mergeMetadata(customer.metadata, metadata)
  account.emit('customer.updated', customer, previous)
  return customer
}

/** What runs for the customer ends with it. */
export function deleteCustomer(account: StripeAccount, id: string): object {
  const customer = account.customers.get(id)
  if (customer === undefined) throw missing('customer', id)
  for (const subscription of account.subscriptions.values()) {
    if (subscription.customer === id && subscription.status !== 'canceled') {
      endSubscription(account, subscription, 'cancellation_requested')
    }
  }
  account.customers.delete(id)
  account.deletedCustomers.add(id)
  account.emit('customer.deleted', customer)
  return { id, object: 'customer', deleted: true }
}
