import type { Bot } from '@/simulator/server/bot'
import { randomSlug } from '@/simulator/server/random'
import type { ChatRecord } from '@/simulator/server/world'
import type { OrderField } from '@/simulator/wire'

export type LabeledPrice = { label: string; amount: number }

export type InvoiceSpec = {
  bot: Bot
  title: string
  description: string
  payload: string
  currency: string
  prices: LabeledPrice[]
  total: number
  subscriptionPeriod: number | undefined
  /** Card payments only; an invoice of Stars asks for nothing. */
  needs: OrderField[]
  isFlexible: boolean
  tips: { max: number; suggested: number[] }
}

export type Invoice = InvoiceSpec & {
  slug: string
  /** The message that carries it, when it was sent and not exported as a link. */
  message: { chat: ChatRecord; id: number } | undefined
}

const LINK_PATTERNS = [
  /^https?:\/\/t\.me\/\$([A-Za-z0-9_=-]+)$/,
  /^https?:\/\/t\.me\/invoice\/([A-Za-z0-9_=-]+)$/,
  /^tg:\/\/\/?invoice\/?\?slug=([A-Za-z0-9_=-]+)$/,
]

/** The slug in an invoice link of any of Telegram's forms. */
export function slugOf(link: string): string | undefined {
  const text = link.trim().replace('%24', '$')
  for (const pattern of LINK_PATTERNS) {
    const slug = pattern.exec(text)?.[1]
    if (slug !== undefined) return slug
  }
  return undefined
}

/** Invoices never run out, belong to nobody and can be paid any number of times. */
export class Invoices {
  #bySlug = new Map<string, Invoice>()

  create(spec: InvoiceSpec): Invoice {
    const invoice: Invoice = { ...spec, slug: randomSlug(18), message: undefined }
    this.#bySlug.set(invoice.slug, invoice)
    return invoice
  }

  find(slug: string): Invoice | undefined {
    return this.#bySlug.get(slug)
  }
}
