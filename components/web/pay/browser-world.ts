import type { World } from './follow'

/** The browser's own means to follow an invoice. */
export function browserWorld(invoiceId: string): World {
  return {
    openStream({ news, broken }) {
      if (typeof EventSource === 'undefined') return null
      const source = new EventSource(`/api/v1/invoices/${invoiceId}?live=1`)
      source.onmessage = ({ data }) => news(String(data))
      source.onerror = broken
      return () => source.close()
    },
    async ask() {
      const response = await fetch(`/pay/${invoiceId}/news`, { cache: 'no-store' })
      return { status: response.status, body: await response.json().catch(() => null) }
    },
    after(ms, what) {
      const timer = window.setTimeout(what, ms)
      return () => window.clearTimeout(timer)
    },
  }
}
