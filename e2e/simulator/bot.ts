import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const update = z.looseObject({
  update_id: z.number(),
  message: z.looseObject({ text: z.string().optional() }).optional(),
  pre_checkout_query: z.looseObject({ id: z.string() }).optional(),
  shipping_query: z.looseObject({ id: z.string() }).optional(),
})
type Update = z.infer<typeof update>

const answer = z.object({ ok: z.boolean(), result: z.unknown().optional() })

export type InvoiceWishes = {
  title?: string
  amount?: number
  /** By card in euros in place of Stars. */
  card?: boolean
  subscription?: boolean
  more?: Record<string, unknown>
}

/** A small seller: it answers its webhook in the webhook's own answer. */
export class Bot {
  /** What it says to a pre-checkout; a silent one lets the ten seconds pass. */
  mood: 'approves' | 'refuses' | 'silent' = 'approves'
  received: Update[] = []
  readonly #root: string
  #close: () => Promise<void> = async () => {}

  constructor(
    readonly telegramUrl: string,
    token: string,
  ) {
    this.#root = `${telegramUrl}/bot${token}`
  }

  async listens(): Promise<void> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(Buffer.from(chunk))
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
      const reply = this.#answerTo(update.parse(body))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(reply ? JSON.stringify(reply) : '')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await this.calls('setWebhook', { url: `http://127.0.0.1:${port}/hook` })
    await this.calls('setMyCommands', {
      commands: [{ command: 'buy', description: 'See the plans' }],
    })
    this.#close = async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }

  async stops(): Promise<void> {
    await this.#close()
  }

  #answerTo(received: Update): object | undefined {
    this.received.push(received)
    const { pre_checkout_query: checkout, shipping_query: shipping } = received
    if (shipping) {
      const options = [
        { id: 'slow', title: 'Slow', prices: [{ label: 'Slow shipping', amount: 300 }] },
        { id: 'fast', title: 'Fast', prices: [{ label: 'Fast shipping', amount: 900 }] },
      ]
      const shipping_options = JSON.stringify(options)
      return {
        method: 'answerShippingQuery',
        shipping_query_id: shipping.id,
        ok: true,
        shipping_options,
      }
    }
    if (!checkout || this.mood === 'silent') return undefined
    const reply = { method: 'answerPreCheckoutQuery', pre_checkout_query_id: checkout.id }
    if (this.mood === 'approves') return { ...reply, ok: true }
    return { ...reply, ok: false, error_message: 'Sold out, sorry.' }
  }

  async calls(method: string, parameters: object): Promise<unknown> {
    const response = await fetch(`${this.#root}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
    const body: unknown = await response.json()
    const { ok, result } = answer.parse(body)
    if (!ok) throw new Error(`${method}: ${JSON.stringify(body)}`)
    return result
  }

  #invoice({ title = 'Gold', amount = 500, card, subscription, more }: InvoiceWishes) {
    return {
      title,
      description: 'Thirty days of everything',
      payload: 'order-1',
      currency: card ? 'EUR' : 'XTR',
      prices: [{ label: title, amount }],
      ...(card ? { provider_token: '1:TEST:e2e' } : {}),
      ...(subscription ? { subscription_period: 2_592_000 } : {}),
      ...more,
    }
  }

  /** The link of a new invoice. */
  async sells(wishes: InvoiceWishes = {}): Promise<string> {
    return z.string().parse(await this.calls('createInvoiceLink', this.#invoice(wishes)))
  }

  async sendsInvoice(to: number, wishes: InvoiceWishes = {}): Promise<void> {
    await this.calls('sendInvoice', { chat_id: to, ...this.#invoice(wishes) })
  }

  async writes(to: number, text: string, more: object = {}): Promise<void> {
    await this.calls('sendMessage', { chat_id: to, text, ...more })
  }

  /** The successful payments it heard of. */
  paid(): Update[] {
    return this.received.filter(({ message }) => message?.successful_payment !== undefined)
  }
}

export function slugOf(link: string): string {
  return link.replace('https://t.me/$', '')
}
