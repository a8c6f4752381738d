import type { IncomingMessage, ServerResponse } from 'node:http'
import { formBody, html, redirect, sendPage } from '@/simulator/server/page'
import type { StripeAccount } from '@/simulator/server/stripe/account'
import { periodOf, setCancelAtPeriodEnd } from '@/simulator/server/stripe/billing'
import type {
  ChargeJson,
  InvoiceJson,
  PortalSessionJson,
  SubscriptionJson,
} from '@/simulator/server/stripe/shapes'
import { amountText, dayText, linkTo } from './amount'

/** Where customers cancel and resume, and the receipts. */

function subscriptionView(account: StripeAccount, subscription: SubscriptionJson) {
  const [item] = subscription.items.data
  const name = account.products.get(item?.price.product ?? '')?.name ?? 'Subscription'
  const price = amountText(
    (item?.price.unit_amount ?? 0) * (item?.quantity ?? 1),
    subscription.currency,
  )
  const until = dayText(periodOf(subscription).end)
  if (subscription.status === 'canceled') return html`<h2>${name}</h2><p>Ended.</p>`
  const isEnding = subscription.cancel_at_period_end
  return html`<h2>${name}</h2><p>${price}, ${isEnding ? 'ends on' : 'renews on'} ${until}.</p>
<form method="post"><input type="hidden" name="subscription" value="${subscription.id}">
<button name="action" value="${isEnding ? 'keep' : 'cancel'}">${isEnding ? 'Keep subscription' : 'Cancel subscription'}</button></form>`
}

export async function handlePortalPage(
  account: StripeAccount,
  request: IncomingMessage,
  response: ServerResponse,
  portal: PortalSessionJson,
): Promise<void> {
  const own = [...account.subscriptions.values()].filter(({ customer }) => {
    return customer === portal.customer
  })
  if (request.method === 'POST') {
    const form = await formBody(request)
    const chosen = own.find(({ id }) => id === form.get('subscription'))
    if (chosen !== undefined && chosen.status !== 'canceled') {
      setCancelAtPeriodEnd(account, chosen, form.get('action') === 'cancel')
    }
    return redirect(response, portal.url)
  }
  const invoices = [...account.invoices.values()].filter(({ customer, status }) => {
    return customer === portal.customer && status !== 'draft'
  })
  const rows = invoices.map((invoice) => {
    const text = `${invoice.number}, ${amountText(invoice.total, invoice.currency)}, ${invoice.status}`
    return html`<li><a href="${invoice.hosted_invoice_url ?? ''}">${text}</a></li>`
  })
  const none = own.length === 0 && html`<p>Nothing runs here.</p>`
  const content = html`<h1>Your subscriptions</h1>
${own.map((subscription) => subscriptionView(account, subscription))}${none}
<h2>Invoices</h2><ul>${rows}</ul>${linkTo(portal.return_url, 'Return to shop')}`
  sendPage(response, 200, 'Your subscriptions', content)
}

export function sendReceipt(response: ServerResponse, charge: ChargeJson): void {
  const refunded =
    charge.amount_refunded > 0 &&
    html`<p>Refunded: ${amountText(charge.amount_refunded, charge.currency)}</p>`
  const content = html`<h1>Receipt</h1><p class="sum">${amountText(charge.amount, charge.currency)}</p>
<p>Paid on ${dayText(charge.created)}.</p>${refunded}<p><code>${charge.id}</code></p>`
  sendPage(response, 200, 'Receipt', content)
}

export function sendInvoice(response: ServerResponse, invoice: InvoiceJson): void {
  const lines = invoice.lines.data.map((line) => {
    return html`<li>${line.description ?? ''}, ${dayText(line.period.start)} to ${dayText(line.period.end)}</li>`
  })
  const content = html`<h1>Invoice ${invoice.number ?? ''}</h1>
<p class="sum">${amountText(invoice.total, invoice.currency)}</p><ul>${lines}</ul><p>${invoice.status ?? ''}</p>`
  sendPage(response, 200, 'Invoice', content)
}
