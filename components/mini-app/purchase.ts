import type { InvoiceStatus } from '@/lib/domain/invoices/schema'
import type { ProblemCode } from './api'

/** An invoice that could still be paid; `slug` is what Telegram calls it in `invoice_closed`. */
export type OpenInvoice = { invoiceId: string; planCode: string; slug: string }

/** What the host says about the payment window. A hint and no more: our server knows the truth. */
export type HostStatus = 'paid' | 'pending' | 'cancelled' | 'failed'

export type Notice = {
  code: ProblemCode | 'payment_failed' | 'invoice_expired'
  retryAfterSeconds?: number
}

type Asking = { invoice: OpenInvoice /** How often our server was asked. */; asked: number }

export type Phase =
  | { name: 'idle' }
  /** Our server is making the invoice. */
  | { name: 'asking'; planCode: string }
  /** Telegram's payment window is open, as far as we know. */
  | ({ name: 'paying' } & Asking)
  /** The host says that it was or is being paid. */
  | ({ name: 'confirming' } & Asking)
  /** The window is gone and the host says no or nothing, which does not make it true. */
  | ({ name: 'doubting'; reason: 'cancelled' | 'failed' | 'unanswered' } & Asking)
  | { name: 'bought'; planCode: string }
  | { name: 'review'; planCode: string }

export type Purchase = {
  phase: Phase
  notice: Notice | null
  /** Given up by the person, but Telegram would still take the money: asked about now and then. */
  watching: OpenInvoice[]
  watchedTimes: number
  /** Grows with every payment that arrived: what the person owns has to be loaded again. */
  settled: number
}

export type PurchaseEvent =
  | { type: 'buy'; planCode: string }
  | { type: 'refused'; notice: Notice }
  | { type: 'opened'; invoice: OpenInvoice }
  | { type: 'hostClosed'; slug: string; status: HostStatus }
  /** The person is back on our page: the payment window cannot be in front of it. */
  | { type: 'returned' }
  | { type: 'answered'; invoiceId: string; status: InvoiceStatus }
  | { type: 'unanswered'; invoiceId: string; code: ProblemCode }
  | { type: 'watched' }
  | { type: 'dismissed' }
  | { type: 'noticeRead' }
  | { type: 'resumed'; kept: KeptPurchase }

/** What survives a reload. */
export type KeptPurchase = {
  open: OpenInvoice | null
  isConfirming: boolean
  watching: OpenInvoice[]
}

export const noPurchase: Purchase = {
  phase: { name: 'idle' },
  notice: null,
  watching: [],
  watchedTimes: 0,
  settled: 0,
}

const watchedMax = 3
const checksWhenDoubting = { cancelled: 3, failed: 4, unanswered: 5 }
/** Focus flutters while the window opens; a return is believed only after these checks. */
const checksBeforeReturn = 2

export function step(purchase: Purchase, event: PurchaseEvent): Purchase {
  switch (event.type) {
    case 'buy':
      if (purchase.phase.name === 'asking') return purchase
      return { ...putAside(purchase), phase: { name: 'asking', planCode: event.planCode } }
    case 'refused':
      return { ...purchase, phase: { name: 'idle' }, notice: event.notice }
    case 'opened':
      return { ...purchase, phase: { name: 'paying', invoice: event.invoice, asked: 0 } }
    case 'hostClosed':
      return hostClosed(purchase, event.slug, event.status)
    case 'returned':
      return returned(purchase)
    case 'answered':
      return answered(purchase, event.invoiceId, event.status)
    case 'unanswered':
      return unanswered(purchase, event.invoiceId, event.code)
    case 'watched':
      return { ...purchase, watchedTimes: purchase.watchedTimes + 1 }
    case 'dismissed':
      return { ...putAside(purchase), phase: { name: 'idle' } }
    case 'noticeRead':
      return { ...purchase, notice: null }
    case 'resumed':
      return resumed(purchase, event.kept)
  }
}

/** The invoice that our server is being asked about often. */
export function openInvoice({ phase }: Purchase): OpenInvoice | null {
  return 'invoice' in phase ? phase.invoice : null
}

/** When our server is asked next, and about which invoices; null while there is nothing to learn. */
export function nextCheck(
  purchase: Purchase,
): { delayMs: number; invoices: OpenInvoice[]; isWatch: boolean } | null {
  const { phase, notice, watching, watchedTimes } = purchase
  if (notice?.code === 'init_data_expired' || notice?.code === 'unauthorized') return null
  if ('invoice' in phase) {
    const others = phase.asked % 6 === 5 ? watching : []
    return { delayMs: checkDelay(phase), invoices: [phase.invoice, ...others], isWatch: false }
  }
  if (watching.length === 0) return null
  return { delayMs: watchedTimes < 30 ? 6000 : 30_000, invoices: watching, isWatch: true }
}

function checkDelay({ name, asked }: Extract<Phase, Asking>): number {
  if (name === 'doubting') return 400 + 400 * asked
  if (asked < 20) return 1000
  return asked < 60 ? 2500 : 5000
}

export function toKeep(purchase: Purchase): KeptPurchase {
  return {
    open: openInvoice(purchase),
    isConfirming: purchase.phase.name === 'confirming',
    watching: purchase.watching,
  }
}

/** The open invoice goes on the watch list: it can still be paid. */
function putAside(purchase: Purchase): Purchase {
  const open = openInvoice(purchase)
  const watching = open ? [...purchase.watching, open].slice(-watchedMax) : purchase.watching
  return { ...purchase, watching, watchedTimes: 0, notice: null }
}

function hostClosed(purchase: Purchase, slug: string, status: HostStatus): Purchase {
  const known = [openInvoice(purchase), ...purchase.watching]
  const invoice = known.find((each) => each?.slug === slug)
  if (!invoice) return purchase
  const isOpen = invoice === openInvoice(purchase)
  const isPaid = status === 'paid' || status === 'pending'
  // A late word about an invoice put aside matters only if it is good and nothing else goes on.
  if (!isOpen && !(isPaid && purchase.phase.name === 'idle')) return purchase
  const watching = purchase.watching.filter((each) => each !== invoice)
  const asking = { invoice, asked: 0 }
  const phase: Phase = isPaid
    ? { name: 'confirming', ...asking }
    : { name: 'doubting', reason: status, ...asking }
  return { ...purchase, watching, phase }
}

function returned(purchase: Purchase): Purchase {
  const { phase } = purchase
  if (phase.name !== 'paying' || phase.asked < checksBeforeReturn) return purchase
  const { invoice } = phase
  return { ...purchase, phase: { name: 'doubting', reason: 'unanswered', invoice, asked: 0 } }
}

function answered(purchase: Purchase, invoiceId: string, status: InvoiceStatus): Purchase {
  const invoice = [openInvoice(purchase), ...purchase.watching].find(
    (each) => each?.invoiceId === invoiceId,
  )
  if (!invoice) return purchase
  const isOpen = openInvoice(purchase) === invoice
  if (status === 'paid' || status === 'review') {
    const watching = purchase.watching.filter((each) => each !== invoice)
    const name = status === 'paid' ? 'bought' : 'review'
    const mayShow = isOpen || purchase.phase.name === 'idle'
    const phase: Phase = mayShow ? { name, planCode: invoice.planCode } : purchase.phase
    const notice = mayShow ? null : purchase.notice
    return { ...purchase, phase, notice, watching, settled: purchase.settled + 1 }
  }
  if (isOpen) return stillOpen(purchase, status)
  const watching = purchase.watching.filter((each) => status === 'open' || each !== invoice)
  return { ...purchase, watching }
}

/** Our server knows of no payment yet. */
function stillOpen(purchase: Purchase, status: 'open' | 'expired'): Purchase {
  const { phase } = purchase
  if (!('invoice' in phase)) return purchase
  const next = { ...phase, asked: phase.asked + 1 }
  // The host says paid: then money may be under way, and an expired invoice still honours it.
  if (next.name === 'confirming') return { ...purchase, phase: next }
  const isOver = next.name === 'doubting' && next.asked >= checksWhenDoubting[next.reason]
  const idle: Phase = { name: 'idle' }
  const failed = next.name === 'doubting' && next.reason === 'failed'
  if (status === 'expired') {
    const code = failed ? 'payment_failed' : 'invoice_expired'
    const isQuiet = next.name === 'doubting' && next.reason === 'cancelled'
    return { ...purchase, phase: idle, notice: isQuiet ? null : { code } }
  }
  if (!isOver) return { ...purchase, phase: next }
  const aside = { ...putAside(purchase), phase: idle }
  return failed ? { ...aside, notice: { code: 'payment_failed' } } : aside
}

function unanswered(purchase: Purchase, invoiceId: string, code: ProblemCode): Purchase {
  if (code === 'init_data_expired' || code === 'unauthorized')
    return { ...purchase, notice: { code } }
  const isOpen = openInvoice(purchase)?.invoiceId === invoiceId
  if (code === 'not_found') {
    const watching = purchase.watching.filter((each) => each.invoiceId !== invoiceId)
    return { ...purchase, watching, phase: isOpen ? { name: 'idle' } : purchase.phase }
  }
  // The network may come back at any moment: count the check and go on.
  return isOpen ? stillOpen(purchase, 'open') : purchase
}

function resumed(purchase: Purchase, kept: KeptPurchase): Purchase {
  const { open: invoice, watching } = kept
  if (!invoice) return { ...purchase, watching }
  const asking = { invoice, asked: 0 }
  const phase: Phase = kept.isConfirming
    ? { name: 'confirming', ...asking }
    : { name: 'doubting', reason: 'unanswered', ...asking }
  return { ...purchase, watching, phase }
}
