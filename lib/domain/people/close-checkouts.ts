import type { Actor } from '@/lib/kit/actor'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { expireCheckout } from '@/lib/stripe/checkout'
import { isBanned, loadOpenCardInvoices, setInvoiceOver } from './store-checkouts'

/** A page that is not open by then will not be. */
const openingSeconds = 120

/**
 * Closes every page at Stripe on which a banned person could still pay; one that was paid meanwhile
 * stays. `opening`: a page is being opened at this moment, so look again soon. Safe to call twice.
 * Throws when Stripe does not answer: try again later.
 */
export async function closeCheckoutsOfBanned(
  _actor: Extract<Actor, { kind: 'system' }>,
  telegramUserId: number,
): Promise<'closed' | 'opening'> {
  if (!(await isBanned(telegramUserId))) return 'closed'
  const at = await now()
  const invoices = await loadOpenCardInvoices(telegramUserId, at)
  let closed = 0
  for (const { id, checkoutId } of invoices) {
    if (!checkoutId || (await expireCheckout(checkoutId)) === 'paid') continue
    await setInvoiceOver(id, at)
    closed += 1
  }
  if (closed > 0) log().info({ event: 'checkouts_closed', outcome: 'closed', closed })

  const youngest = addSeconds(at, -openingSeconds)
  const isOpening = invoices.some((one) => !one.checkoutId && one.createdAt > youngest)
  return isOpening ? 'opening' : 'closed'
}
