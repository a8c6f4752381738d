import { ApiError, api } from '@/simulator/client/api'
import { refreshChats, refreshPeople } from '@/simulator/client/data'
import { PERSONALITIES } from '@/simulator/client/personality'
import {
  attempt,
  getState,
  type InvoiceStatus,
  type Payment,
  setState,
  showNotice,
} from '@/simulator/client/store'
import type { PaymentReply } from '@/simulator/wire'
import { closePayment, finish, patchPayment, renewForm } from './payments'
import { sentenceFor } from './sentences'

const TICK_MS = 1300

/** What a fault makes the client say in place of the outcome. */
type Told = Pick<Payment, 'reported'>

const isStars = ({ form }: Payment) => form.currency === 'XTR'

export function totalOf({ form, tip, shippingOptions, shippingOptionId }: Payment): number {
  const option = shippingOptions.find(({ id }) => id === shippingOptionId)
  const shipping = option?.prices.reduce((sum, { amount }) => sum + amount, 0) ?? 0
  return form.total_amount + shipping + tip
}

async function submit(payment: Payment, formId: string): Promise<PaymentReply> {
  const { personId, card, tip, shippingOptionId } = payment
  const request = { person_id: personId, form_id: formId }
  const byCard = isStars(payment)
    ? {}
    : {
        card,
        ...(tip > 0 ? { tip_amount: tip } : {}),
        ...(shippingOptionId === null ? {} : { shipping_option_id: shippingOptionId }),
      }
  return refusedAsReply(() => api.pay({ ...request, ...byCard }))
}

async function refusedAsReply(ask: () => Promise<PaymentReply>): Promise<PaymentReply> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { status: 'failed', error: error.code, message: error.message }
  }
}

/** What a sheet reports that is closed while the payment is under way. */
function resultWhilePaying(payment: Payment): InvoiceStatus {
  return isStars(payment) ? PERSONALITIES[payment.platform].closedWhilePaying : 'pending'
}

export async function confirmPayment(): Promise<void> {
  const { payment } = getState()
  if (payment?.step !== 'confirm') return
  const { form, key } = payment
  if (isStars(payment) && form.balance < form.total_amount) {
    patchPayment(key, { step: 'top-up', result: 'cancelled' })
    return
  }
  patchPayment(key, { step: 'pending', result: resultWhilePaying(payment) })
  await attempt(async () => {
    let outcome = await submit(payment, form.form_id)
    const expired = outcome.status === 'failed' && outcome.error === 'FORM_EXPIRED'
    if (expired && PERSONALITIES[payment.platform].reloadsExpiredForms) {
      const again = await renewForm(payment)
      if (again) outcome = await submit(payment, again.form_id)
    }
    conclude(key, outcome)
    await Promise.all([refreshPeople(), refreshChats()])
  })
}

/** The answer to the bank's question (3-D Secure). */
export async function verifyPayment(approved: boolean): Promise<void> {
  const { payment } = getState()
  if (payment?.step !== 'verify') return
  const { personId, form, key } = payment
  patchPayment(key, { step: 'pending' })
  await attempt(async () => {
    const request = { person_id: personId, form_id: form.form_id, approved }
    conclude(key, await refusedAsReply(() => api.verifyPayment(request)))
    await refreshChats()
  })
}

/** The outcome is known. A sheet that was closed meanwhile has already reported something. */
function conclude(key: number, outcome: PaymentReply): void {
  const { payment } = getState()
  if (payment?.key !== key) return
  const reported = outcome.reported_status
  const told = reported ? { reported } : {}
  if (outcome.status === 'verification') patchPayment(key, { step: 'verify' })
  else if (outcome.status === 'failed') fail(payment, outcome, told)
  else succeed(payment, told)
}

function fail(
  payment: Payment,
  outcome: Extract<PaymentReply, { status: 'failed' }>,
  told: Told,
): void {
  if (outcome.error === 'BALANCE_TOO_LOW') {
    patchPayment(payment.key, { step: 'top-up', result: 'cancelled' })
    return
  }
  const message = sentenceFor(outcome.error, outcome.message)
  if (PERSONALITIES[payment.platform].afterFailure === 'closes') {
    showNotice(message)
    finish(payment, told.reported ?? 'failed')
    return
  }
  patchPayment(payment.key, { step: 'failed', result: 'failed', message, ...told })
}

function succeed(payment: Payment, told: Told): void {
  const { key } = payment
  const { reported } = told
  const note = payment.app === null || !reported ? {} : { message: reportedNote(reported) }
  patchPayment(key, { step: 'paid', result: 'paid', ...note, ...told })
  setTimeout(() => {
    if (getState().payment?.key === key) closePayment()
  }, TICK_MS)
}

function reportedNote(reported: string): string {
  return reported === 'silent'
    ? 'Fault injection: the Mini App is told nothing.'
    : `Fault injection: the Mini App is told “${reported}”.`
}

/** Sends what was filled in; a flexible invoice is followed by the bot's ways of shipping. */
export function sendOrder(order: Payment['order']): Promise<void> {
  return attempt(async () => {
    const { payment } = getState()
    if (payment?.step !== 'order' || payment.busy) return
    const { key, personId, form } = payment
    patchPayment(key, { order, busy: true, message: '' })
    try {
      const { shipping_options: shippingOptions = [] } = await api.orderInfo({
        person_id: personId,
        form_id: form.form_id,
        order_info: order,
      })
      const step = shippingOptions.length > 0 ? 'shipping' : 'confirm'
      const shippingOptionId = shippingOptions[0]?.id ?? null
      patchPayment(key, { step, shippingOptions, shippingOptionId })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      patchPayment(key, { message: sentenceFor(error.code, error.message) })
    } finally {
      patchPayment(key, { busy: false })
    }
  })
}

export function chooseShipping(id: string): void {
  const { payment } = getState()
  if (payment) setState({ payment: { ...payment, shippingOptionId: id } })
}
