import type { PaymentReply, Person } from '@/simulator/wire'
import type { PayOptions } from './payments/payments'
import type { World } from './world'

export type Outcome = {
  status: 'paid' | 'cancelled' | 'failed' | 'pending'
  charge_id?: string
  error?: string
  message?: string
}

/** Where the person closes the payment dialog: before paying, or while the bot is being asked. */
export type Cancel = 'form' | 'checkout'

/** What the payment came to, as the client would report it. */
function reported(world: World, reply: PaymentReply): Outcome {
  const override = world.faults.client_status
  if (reply.status === 'failed') {
    const { error, message } = reply
    return { status: 'failed', error, ...(message === undefined ? {} : { message }) }
  }
  if (!override) return { status: 'paid', charge_id: reply.charge_id }
  // A client that never reports leaves its caller with the state before the outcome.
  return { status: override === 'silent' ? 'pending' : override, charge_id: reply.charge_id }
}

/** The whole purchase of one person, from the form to the outcome. */
export async function purchase(
  world: World,
  person: Person,
  slug: string,
  options: PayOptions & { cancel?: Cancel | undefined },
): Promise<Outcome> {
  const form = world.payments.openForm(person, slug)
  if (options.cancel === 'form') return { status: 'cancelled' }
  const { affiliatePerMille } = options
  const payment = world.payments.submit(
    person,
    form.form_id,
    affiliatePerMille === undefined ? {} : { affiliatePerMille },
  )
  if (options.cancel === 'checkout') return { status: 'cancelled' }
  return reported(world, await payment)
}
