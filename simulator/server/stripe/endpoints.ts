import { z } from 'zod'
import type { StripeAccount } from './account'
import { chargeInvoice, endSubscription, setCancelAtPeriodEnd } from './billing'
import { createCheckout, expireCheckout, sessionById } from './checkout'
import { createCustomer, deleteCustomer, mergeMetadata, updateCustomer } from './customers'
import { type Endpoint, on, readable } from './endpoint'
import { events } from './endpoints-events'
import { invalid, missing } from './errors'
import { params } from './form'
import { stopCollecting, subscriptionOf, voidInvoice } from './invoices'
import { listOf } from './lists'
import * as schemas from './params'
import { createPortal } from './portal'
import { createRefund } from './refunds'
import type { InvoiceJson } from './shapes'

const checkout: Endpoint[] = [
  on('POST', 'checkout/sessions', ({ account, input }) => {
    return createCheckout(account, params(schemas.createSession, input))
  }),
  on('POST', 'checkout/sessions/:id/expire', ({ account, id, input }) => {
    params(schemas.onlyExpand, input)
    return expireCheckout(account, id)
  }),
  on('POST', 'checkout/sessions/:id', ({ account, id, input }) => {
    const session = sessionById(account, id)
    const { metadata } = params(schemas.updateMetadata, input)
    session.metadata = mergeMetadata(session.metadata ?? {}, metadata)
    return session
  }),
  on('GET', 'checkout/sessions/:id/line_items', ({ account, id, input }) => {
    sessionById(account, id)
    const lines = account.checkouts.get(id)?.lines ?? []
    return listOf([...lines].reverse(), `/v1/checkout/sessions/${id}/line_items`, input)
  }),
  ...readable('checkout/sessions', 'checkout.session', ({ sessions }) => sessions, {
    customer: ({ customer }, id) => customer === id,
    payment_intent: ({ payment_intent }, id) => payment_intent === id,
    subscription: ({ subscription }, id) => subscription === id,
    status: ({ status }, wanted) => status === wanted,
  }),
]

const customers: Endpoint[] = [
  on('POST', 'customers', ({ account, input }) => {
    const { expand, ...rest } = params(schemas.customer, input)
    return createCustomer(account, rest)
  }),
  on('GET', 'customers/:id', ({ account, id, input }) => {
    params(schemas.onlyExpand, input)
    if (account.deletedCustomers.has(id)) return { id, object: 'customer', deleted: true }
    return account.customer(id)
  }),
  on('POST', 'customers/:id', ({ account, id, input }) => {
    const { expand, ...rest } = params(schemas.customer, input)
    return updateCustomer(account, id, rest)
  }),
  on('DELETE', 'customers/:id', ({ account, id }) => deleteCustomer(account, id)),
  ...readable('customers', 'customer', (account) => account.customers, {
    email: ({ email }, wanted) => email === wanted,
  }),
]

const subscriptions: Endpoint[] = [
  on('POST', 'subscriptions/:id', ({ account, id, input }) => {
    const subscription = account.subscription(id)
    const change = params(schemas.updateSubscription, input)
    if (subscription.status === 'canceled') {
      throw invalid(
        'A canceled subscription can only update its cancellation_details and metadata.',
      )
    }
    const { metadata, description, cancel_at_period_end } = change
    if (metadata !== undefined || description !== undefined) {
      const previous = { metadata: subscription.metadata, description: subscription.description }
      subscription.metadata = mergeMetadata(subscription.metadata, metadata)
      if (description !== undefined) subscription.description = description || null
      account.emit('customer.subscription.updated', subscription, previous)
    }
    if (cancel_at_period_end !== undefined) {
      setCancelAtPeriodEnd(account, subscription, cancel_at_period_end)
    }
    return subscription
  }),
  on('DELETE', 'subscriptions/:id', ({ account, id, input }) => {
    const { cancellation_details } = params(schemas.cancelSubscription, input)
    const subscription = account.subscription(id)
    if (subscription.status === 'canceled') throw missing('subscription', id)
    if (subscription.cancellation_details && cancellation_details?.comment) {
      subscription.cancellation_details.comment = cancellation_details.comment
    }
    endSubscription(account, subscription, 'cancellation_requested')
    return subscription
  }),
  ...readable(
    'subscriptions',
    'subscription',
    (account) => account.subscriptions,
    {
      customer: ({ customer }, id) => customer === id,
      status: ({ status }, wanted) => {
        return wanted === 'all' || (wanted === '' ? status !== 'canceled' : status === wanted)
      },
    },
    // Unless they are asked for, canceled ones are left out.
    { status: '' },
  ),
]

function invoiceById(account: StripeAccount, id: string): InvoiceJson {
  const invoice = account.invoices.get(id)
  if (invoice === undefined) throw missing('invoice', id)
  return invoice
}

const invoices: Endpoint[] = [
  on('POST', 'invoices/:id/void', ({ account, id, input }) => {
    params(schemas.onlyExpand, input)
    const invoice = invoiceById(account, id)
    if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
      throw invalid(`You can only void open invoices. This one is ${invoice.status}.`)
    }
    voidInvoice(account, invoice)
    return invoice
  }),
  on('POST', 'invoices/:id', ({ account, id, input }) => {
    const invoice = invoiceById(account, id)
    const { auto_advance, metadata } = params(schemas.updateInvoice, input)
    if (auto_advance === true) throw invalid('Collecting again is not simulated.', 'auto_advance')
    if (auto_advance === false) stopCollecting(invoice)
    invoice.metadata = mergeMetadata(invoice.metadata ?? {}, metadata)
    return invoice
  }),
  on('POST', 'invoices/:id/pay', ({ account, id, input }) => {
    params(schemas.onlyExpand, input)
    const invoice = invoiceById(account, id)
    if (invoice.status !== 'open')
      throw invalid('Invoice is not open.', undefined, 'invoice_not_open')
    chargeInvoice(account, invoice)
    return invoice
  }),
  ...readable('invoices', 'invoice', (account) => account.invoices, {
    customer: ({ customer }, id) => customer === id,
    subscription: (invoice, id) => subscriptionOf(invoice) === id,
    status: ({ status }, wanted) => status === wanted,
  }),
  on('GET', 'invoice_payments', ({ account, input }) => {
    const schema = z.strictObject({
      ...schemas.list,
      invoice: schemas.optionalText,
      status: schemas.optionalText,
      payment: z
        .strictObject({ type: z.string(), payment_intent: schemas.optionalText })
        .optional(),
    })
    const { invoice, payment, status } = params(schema, input)
    const found = [...account.invoicePayments.values()].filter((entry) => {
      return (
        (invoice === undefined || entry.invoice === invoice) &&
        (status === undefined || entry.status === status) &&
        (payment?.payment_intent === undefined ||
          entry.payment.payment_intent === payment.payment_intent)
      )
    })
    return listOf(found, '/v1/invoice_payments', input)
  }),
  ...readable('invoice_payments', 'invoice_payment', (account) => account.invoicePayments),
]

const money: Endpoint[] = [
  on('POST', 'refunds', ({ account, input }) => {
    const { expand, ...rest } = params(schemas.createRefund, input)
    return createRefund(account, rest)
  }),
  ...readable('refunds', 'refund', (account) => account.refunds, {
    charge: ({ charge }, id) => charge === id,
    payment_intent: ({ payment_intent }, id) => payment_intent === id,
  }),
  ...readable('payment_intents', 'payment_intent', (account) => account.paymentIntents, {
    customer: ({ customer }, id) => customer === id,
  }),
  ...readable('charges', 'charge', (account) => account.charges, {
    customer: ({ customer }, id) => customer === id,
    payment_intent: ({ payment_intent }, id) => payment_intent === id,
  }),
  ...readable('disputes', 'dispute', (account) => account.disputes, {
    charge: ({ charge }, id) => charge === id,
    payment_intent: ({ payment_intent }, id) => payment_intent === id,
  }),
  ...readable('balance_transactions', 'balance_transaction', (a) => a.balanceTransactions, {
    type: ({ type }, wanted) => type === wanted,
    source: ({ source }, id) => source === id,
  }),
  ...readable('prices', 'price', (account) => account.prices),
  ...readable('products', 'product', (account) => account.products),
  on('POST', 'billing_portal/sessions', ({ account, input }) => {
    return createPortal(account, params(schemas.createPortal, input))
  }),
]

export const ENDPOINTS: Endpoint[] = [
  ...checkout,
  ...customers,
  ...subscriptions,
  ...invoices,
  ...money,
  ...events,
]
