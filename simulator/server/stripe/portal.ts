import type { z } from 'zod'
import type { StripeAccount } from './account'
import type * as schemas from './params'
import type { PortalSessionJson } from './shapes'

/** The page where customers manage what runs. */
export function createPortal(
  account: StripeAccount,
  input: z.output<typeof schemas.createPortal>,
): PortalSessionJson {
  account.customer(input.customer, 'customer')
  const id = account.id('bps')
  const session: PortalSessionJson = {
    id,
    object: 'billing_portal.session',
    configuration: input.configuration ?? 'bpc_simulator',
    created: account.now(),
    customer: input.customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: input.return_url ?? null,
    url: `${account.world.url}/stripe/p/session/${id}`,
  }
  account.portals.set(id, session)
  return session
}
