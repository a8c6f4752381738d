import type { IncomingMessage, ServerResponse } from 'node:http'
import { html, sendPage } from '@/simulator/server/page'
import type { World } from '@/simulator/server/world'
import { handleCheckoutPage } from './pages/checkout-page'
import { handlePortalPage, sendInvoice, sendReceipt } from './pages/portal-page'
import { handleStripeApi } from './transport'

/** The part of Stripe that a shop needs, in test mode. */
export async function handleStripe(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (/^(\/stripe)?\/v1\//.test(url.pathname)) {
    return handleStripeApi(world, request, response, url)
  }
  const { stripe } = world
  const [kind = '', id = ''] =
    /^\/stripe\/(c\/pay|p\/session|receipts|invoices)\/(\w+)$/.exec(url.pathname)?.slice(1) ?? []
  const session = kind === 'c/pay' ? stripe.sessions.get(id) : undefined
  const portal = kind === 'p/session' ? stripe.portals.get(id) : undefined
  const charge = kind === 'receipts' ? stripe.charges.get(id) : undefined
  const invoice = kind === 'invoices' ? stripe.invoices.get(id) : undefined
  if (session !== undefined) return handleCheckoutPage(stripe, request, response, session)
  if (portal !== undefined) return handlePortalPage(stripe, request, response, portal)
  if (charge !== undefined) return sendReceipt(response, charge)
  if (invoice !== undefined) return sendInvoice(response, invoice)
  const content = html`<h1>There is no such page</h1><p>The simulator forgets everything when it stops.</p>`
  sendPage(response, 404, 'Not found', content)
}
