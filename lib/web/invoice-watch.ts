import { listInvoiceNews } from '@/lib/domain/invoices/queries'
import type { InvoiceNews } from '@/lib/domain/invoices/schema'
import { single } from '@/lib/platform/global'
import { describeError, log } from '@/lib/platform/log'

type Listener = (news: InvoiceNews) => void

const everyMs = 1000

/** Everybody in this process who follows an invoice, and the one look that serves them all. */
const watch = () =>
  single('invoice_watch', () => ({
    listeners: new Map<string, Set<Listener>>(),
    isLooking: false,
  }))

/** Tells about the invoice once a second, until the returned function is called. */
export function watchInvoice(id: string, listener: Listener): () => void {
  const { listeners } = watch()
  const own = listeners.get(id) ?? new Set()
  listeners.set(id, own.add(listener))
  void keepLooking()
  return () => {
    own.delete(listener)
    if (own.size === 0 && listeners.get(id) === own) listeners.delete(id)
  }
}

/** One query a second for all invoices together, however many pages are open; none when none is. */
async function keepLooking(): Promise<void> {
  const state = watch()
  if (state.isLooking) return
  state.isLooking = true
  while (state.listeners.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, everyMs))
    await look(state.listeners)
  }
  state.isLooking = false
}

async function look(listeners: ReadonlyMap<string, ReadonlySet<Listener>>): Promise<void> {
  if (listeners.size === 0) return
  try {
    const all = await listInvoiceNews({ kind: 'system' }, [...listeners.keys()])
    for (const news of all) {
      for (const listener of listeners.get(news.invoice_id) ?? []) listener(news)
    }
  } catch (error) {
    // Whoever follows stays; the next look may work.
    log().warn({ event: 'invoice_watch_failed', ...describeError(error) })
  }
}
