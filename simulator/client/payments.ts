import type { PaymentReply } from '@/simulator/wire'
import { ApiError, api } from './api'
import { refreshChats, refreshPeople } from './data'
import { tellMiniApp } from './mini-app'
import { attempt, getState, nextKey, type Payment, setState } from './store'

type InvoiceStatus = 'paid' | 'failed' | 'pending' | 'cancelled'

const TICK_MS = 1300

const SENTENCES: Record<string, string> = {
  BOT_PRECHECKOUT_TIMEOUT: 'The bot did not answer in time. You were not charged.',
  BOT_PRECHECKOUT_FAILED: 'The bot declined the payment. You were not charged.',
  FORM_EXPIRED: 'This payment form has expired. Close it and open the invoice again.',
  FORM_SUBMIT_DUPLICATE: 'This payment form was already used.',
  SLUG_INVALID: 'This invoice does not exist.',
}

function patch(key: number, change: Partial<Payment>): void {
  const { payment } = getState()
  if (payment?.key === key) setState({ payment: { ...payment, ...change } })
}

/** Ends the sheet and tells the Mini App that asked for it, if one did. */
function finish(payment: Payment, status: InvoiceStatus | 'silent'): void {
  if (getState().payment?.key !== payment.key) return
  setState({ payment: null })
  if (payment.app === null || status === 'silent') return
  tellMiniApp(payment.app, 'invoice_closed', { slug: payment.form.slug, status })
}

/**
 * Shows the payment sheet for an invoice link. A form that cannot be had is only a notice: like
 * the real clients, nobody hears an `invoice_closed` then.
 */
export function openPayment(slug: string, app: number | null): Promise<void> {
  return attempt(async () => {
    const { personId } = getState()
    if (personId === null) return
    let form: Payment['form']
    try {
      form = await api.paymentForm({ person_id: personId, slug })
    } catch (error) {
      throw withSentence(error)
    }
    const state = getState()
    if (state.personId !== personId) return
    if (state.payment) closePayment()
    setState({ payment: { key: nextKey(), personId, form, app, step: 'confirm' } })
  })
}

function withSentence(error: unknown): unknown {
  const sentence = error instanceof ApiError ? SENTENCES[error.code] : undefined
  return sentence ? new Error(sentence) : error
}

/** ✕, Escape or a press outside: what that means depends on how far the payment got. */
export function closePayment(): void {
  const { payment } = getState()
  if (!payment) return
  if (payment.step === 'failed' || payment.step === 'paid') {
    finish(payment, payment.reported ?? payment.step)
  } else {
    finish(payment, 'cancelled')
  }
}

async function submit(personId: number, formId: string): Promise<PaymentReply> {
  try {
    return await api.pay({ person_id: personId, form_id: formId })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { status: 'failed', error: error.code, message: error.message }
  }
}

export async function confirmPayment(): Promise<void> {
  const { payment } = getState()
  if (payment?.step !== 'confirm') return
  const { form, key, personId } = payment
  if (form.currency === 'XTR' && form.balance < form.total_amount) {
    patch(key, { step: 'top-up' })
    return
  }
  patch(key, { step: 'pending' })
  let outcome = await submit(personId, form.form_id)
  if (outcome.status === 'failed' && outcome.error === 'FORM_EXPIRED') {
    const again = await reloadForm(payment)
    if (again) outcome = await submit(personId, again.form_id)
  }
  conclude(key, outcome)
  await attempt(async () => {
    await Promise.all([refreshPeople(), refreshChats()])
  })
}

async function reloadForm(payment: Payment): Promise<Payment['form'] | null> {
  try {
    const form = await api.paymentForm({ person_id: payment.personId, slug: payment.form.slug })
    patch(payment.key, { form })
    return form
  } catch {
    return null
  }
}

/** The outcome is known. A sheet that was closed meanwhile has already reported `cancelled`. */
function conclude(key: number, outcome: PaymentReply): void {
  const { payment } = getState()
  if (payment?.key !== key) return
  if (outcome.status === 'failed' && outcome.error === 'BALANCE_TOO_LOW') {
    patch(key, { step: 'top-up' })
    return
  }
  const reported = outcome.reported_status
  if (outcome.status === 'failed') {
    const sentence = outcome.message || SENTENCES[outcome.error] || outcome.error
    patch(key, { step: 'failed', message: sentence, ...(reported ? { reported } : {}) })
    return
  }
  const note = payment.app === null || !reported ? {} : { message: reportedNote(reported) }
  patch(key, { step: 'paid', ...note, ...(reported ? { reported } : {}) })
  setTimeout(() => {
    const now = getState().payment
    if (now?.key === key) closePayment()
  }, TICK_MS)
}

function reportedNote(reported: string): string {
  return reported === 'silent'
    ? 'Fault injection: the Mini App is told nothing.'
    : `Fault injection: the Mini App is told “${reported}”.`
}

/** Adds Stars and returns to the payment with a fresh form; giving up there cancels it. */
export function topUpAndReturn(amount: number): Promise<void> {
  return attempt(async () => {
    const { payment } = getState()
    if (payment?.step !== 'top-up') return
    await api.topUp({ person_id: payment.personId, amount })
    const form = await api.paymentForm({ person_id: payment.personId, slug: payment.form.slug })
    patch(payment.key, { step: 'confirm', form })
    await refreshPeople()
  })
}
