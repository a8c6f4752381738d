import type { IncomingMessage, ServerResponse } from 'node:http'
import { formBody, html, redirect, sendPage } from '@/simulator/server/page'
import type { StripeAccount } from '@/simulator/server/stripe/account'
import {
  type PaymentOutcome,
  payCheckout,
  successUrl,
  verifyCheckout,
} from '@/simulator/server/stripe/checkout'
import type { SessionJson } from '@/simulator/server/stripe/shapes'
import { amountText, linkTo } from './amount'

/** The page that Stripe hosts: a card is typed here and nowhere else. */

function linesOf(account: StripeAccount, session: SessionJson) {
  const lines = account.checkouts.get(session.id)?.lines ?? []
  return lines.map((line) => {
    const { recurring } = line.price
    const every = recurring && ` every ${recurring.interval_count} ${recurring.interval}(s)`
    return html`<li>${line.quantity} × ${line.description ?? ''}: ${amountText(line.amount_total, line.currency)}${every ?? ''}</li>`
  })
}

function emailOf(account: StripeAccount, session: SessionJson): string {
  const customer = account.customers.get(session.customer ?? '')
  return session.customer_email ?? customer?.email ?? 'buyer@example.com'
}

function sendForm(
  account: StripeAccount,
  response: ServerResponse,
  session: SessionJson,
  problem?: string,
): void {
  const total = amountText(session.amount_total, session.currency)
  const isSubscription = session.mode === 'subscription'
  const content = html`<h1>Simulated card payment</h1>
<p class="sum">${total}</p><ul>${linesOf(account, session)}</ul>
${problem !== undefined && html`<p class="bad" role="alert">${problem}</p>`}
<form method="post">
<label>E-mail <input name="email" type="email" required value="${emailOf(account, session)}"></label>
<label>Card number <input name="card" inputmode="numeric" autocomplete="off" required list="cards" placeholder="4242 4242 4242 4242"></label>
<datalist id="cards"><option value="4242424242424242">pays</option><option value="4000000000000002">is declined</option>
<option value="4000002760003184">asks its owner (3-D Secure)</option></datalist>
<label>Expiry <input name="expiry" autocomplete="off" value="12 / 40" required></label>
<label>CVC <input name="cvc" autocomplete="off" value="123" required></label>
<label>Name on card <input name="name" autocomplete="off" value="Test Buyer" required></label>
<button class="strong" name="action" value="pay">${isSubscription ? 'Subscribe' : `Pay ${total}`}</button>
</form>${linkTo(session.cancel_url, 'Back')}
<p class="soft">Play money. 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined, 4000 0027 6000 3184 asks for 3-D Secure.</p>`
  sendPage(response, problem === undefined ? 200 : 402, `Pay ${total}`, content)
}

function sendBank(response: ServerResponse, session: SessionJson): void {
  const total = amountText(session.amount_total, session.currency)
  const content = html`<h1>3-D Secure</h1><p>Your bank asks: do you want to pay ${total}?</p>
<form method="post"><button class="strong" name="action" value="approve">Approve</button>
<button name="action" value="fail">Fail</button></form>`
  sendPage(response, 200, '3-D Secure', content)
}

function sendClosed(response: ServerResponse, session: SessionJson): void {
  const isPaid = session.status === 'complete'
  const title = isPaid ? 'This has been paid' : 'This page has expired'
  const link = isPaid ? linkTo(successUrl(session), 'Continue') : linkTo(session.cancel_url, 'Back')
  const said = isPaid ? 'You will not be charged again.' : 'Nothing was charged.'
  sendPage(response, isPaid ? 200 : 410, title, html`<h1>${title}</h1><p>${said}</p>${link}`)
}

function act(account: StripeAccount, session: SessionJson, form: URLSearchParams): PaymentOutcome {
  const action = form.get('action')
  if (action === 'approve' || action === 'fail') {
    return verifyCheckout(account, session, action === 'approve')
  }
  const get = (name: string) => form.get(name) ?? ''
  return payCheckout(account, session, {
    card: get('card'),
    email: get('email'),
    name: get('name'),
  })
}

function isAtBank(account: StripeAccount, session: SessionJson, form: URLSearchParams): boolean {
  const isAnswer = form.get('action') === 'approve' || form.get('action') === 'fail'
  return !isAnswer || account.checkouts.get(session.id)?.secured !== undefined
}

export async function handleCheckoutPage(
  account: StripeAccount,
  request: IncomingMessage,
  response: ServerResponse,
  session: SessionJson,
): Promise<void> {
  if (request.method !== 'POST') {
    if (session.status !== 'open') sendClosed(response, session)
    else sendForm(account, response, session)
    return
  }
  const form = await formBody(request)
  // A second press of the button, or the page kept open while time went by.
  if (session.status === 'complete') return redirect(response, successUrl(session))
  if (session.status !== 'open') return sendClosed(response, session)
  if (!isAtBank(account, session, form)) return sendForm(account, response, session)
  const outcome = act(account, session, form)
  if (outcome.status === 'paid') redirect(response, outcome.redirect_url)
  else if (outcome.status === 'verification') sendBank(response, session)
  else sendForm(account, response, session, outcome.error.message)
}
