import { ApiError, api } from '@/simulator/client/api'
import { refreshPeople } from '@/simulator/client/data'
import { tellMiniApp } from '@/simulator/client/mini-app'
import { PERSONALITIES } from '@/simulator/client/personality'
import {
  attempt,
  getState,
  type InvoiceStatus,
  type MiniAppSession,
  nextKey,
  type Payment,
  setState,
} from '@/simulator/client/store'
import { TEST_CARDS } from '@/simulator/wire'
import { withSentence } from './sentences'

export function patchPayment(key: number, change: Partial<Payment>): void {
  const { payment } = getState()
  if (payment?.key === key) setState({ payment: { ...payment, ...change } })
}

/** Ends the sheet and tells the Mini App that asked for it, if one did. */
export function finish(payment: Payment, status: InvoiceStatus | 'silent'): void {
  if (getState().payment?.key !== payment.key) return
  setState({ payment: null })
  if (payment.app === null || status === 'silent') return
  tellMiniApp(payment.app, 'invoice_closed', { slug: payment.form.slug, status })
}

/** Where a sheet begins: cards may need an address first. */
function firstStep(form: Payment['form']): Payment['step'] {
  return form.needs?.length ? 'order' : 'confirm'
}

function freshPayment(
  personId: number,
  form: Payment['form'],
  app: MiniAppSession | null,
): Payment {
  return {
    key: nextKey(),
    personId,
    form,
    app: app?.key ?? null,
    platform: app?.platform ?? getState().platform,
    step: firstStep(form),
    result: 'cancelled',
    order: {},
    shippingOptions: [],
    shippingOptionId: null,
    tip: 0,
    card: TEST_CARDS.good,
    busy: false,
  }
}

/**
 * Shows the payment sheet for an invoice link. A form that cannot be had is a notice; in Web A the
 * Mini App that asked never hears of it, and its slug stays taken until it is reloaded.
 */
export function openPayment(slug: string, app: MiniAppSession | null): Promise<void> {
  return attempt(async () => {
    const { personId } = getState()
    if (personId === null) return
    let form: Payment['form']
    try {
      form = await api.paymentForm({ person_id: personId, slug })
    } catch (error) {
      if (app && !PERSONALITIES[app.platform].isSilentAboutBadForms) {
        tellMiniApp(app.key, 'invoice_closed', { slug, status: 'failed' })
      }
      throw withSentence(error)
    }
    const state = getState()
    if (state.personId !== personId) return
    if (state.payment) closePayment()
    setState({ payment: freshPayment(personId, form, app) })
  })
}

/** ✕, Escape or a press outside: what that means depends on how far the payment got. */
export function closePayment(): void {
  const { payment } = getState()
  if (!payment) return
  const isOver = payment.step === 'failed' || payment.step === 'paid'
  finish(payment, (isOver ? payment.reported : undefined) ?? payment.result)
}

/** What is asked for anew: a form can be submitted once, and lives ten minutes. */
export async function renewForm(payment: Payment): Promise<Payment['form'] | null> {
  try {
    const form = await api.paymentForm({ person_id: payment.personId, slug: payment.form.slug })
    patchPayment(payment.key, { form })
    return form
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}

/** After a failure: the same purchase with a fresh form. */
export function retryPayment(): Promise<void> {
  return attempt(async () => {
    const { payment } = getState()
    if (payment?.step !== 'failed') return
    const form = await renewForm(payment)
    if (!form) throw new Error('The invoice cannot be opened again.')
    patchPayment(payment.key, { step: firstStep(form), message: '' })
  })
}

/** Adds Stars and returns to the payment with a fresh form; giving up there cancels it. */
export function topUpAndReturn(amount: number): Promise<void> {
  return attempt(async () => {
    const { payment } = getState()
    if (payment?.step !== 'top-up') return
    await api.topUp({ person_id: payment.personId, amount })
    const form = await renewForm(payment)
    if (!form) throw new Error('The invoice cannot be opened again.')
    patchPayment(payment.key, { step: 'confirm', result: 'cancelled' })
    await refreshPeople()
  })
}
