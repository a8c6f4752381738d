import type { OrderInfo, PaymentReply, Person } from '@/simulator/wire'
import { typicalOrderInfo } from './payments/order-info'
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

export type PurchaseOptions = PayOptions & {
  cancel?: Cancel | undefined
  /** Without it, what such a person would fill in. */
  orderInfo?: OrderInfo | undefined
  /** What the person tells the bank of a 3-D Secure card. */
  verification?: 'approve' | 'refuse' | undefined
}

function failure(error: string, message?: string): Outcome {
  return { status: 'failed', error, ...(message === undefined ? {} : { message }) }
}

/** What the payment came to, as the client would report it. */
function reported(world: World, reply: PaymentReply): Outcome {
  const override = world.faults.client_status
  if (reply.status === 'failed') return failure(reply.error, reply.message)
  if (reply.status === 'verification') return { status: 'pending' }
  if (!override) return { status: 'paid', charge_id: reply.charge_id }
  // A client that never reports leaves its caller with the state before the outcome.
  return { status: override === 'silent' ? 'pending' : override, charge_id: reply.charge_id }
}

/** The whole purchase of one person, from the form to the outcome. */
export async function purchase(
  world: World,
  person: Person,
  slug: string,
  options: PurchaseOptions,
): Promise<Outcome> {
  const { payments } = world
  const view = payments.forms.open(person, slug)
  const form = payments.forms.find(person, view.form_id)
  if (options.cancel === 'form' || form === undefined) return { status: 'cancelled' }
  let shippingOptionId = options.shippingOptionId
  if (form.invoice.needs.length > 0) {
    const info = options.orderInfo ?? typicalOrderInfo(form.invoice, person)
    const shipping = await payments.fillIn(person, form.id, info)
    if (!Array.isArray(shipping)) return failure(shipping.error, shipping.message)
    shippingOptionId ??= shipping[0]?.id
  }
  let payment = payments.submit(person, form.id, { ...options, shippingOptionId })
  if (form.state === 'verifying') {
    if (options.cancel === 'checkout') return { status: 'cancelled' }
    payment = payments.verify(person, form.id, options.verification !== 'refuse')
  }
  if (options.cancel === 'checkout') return { status: 'cancelled' }
  return reported(world, await payment)
}
