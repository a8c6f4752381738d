import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { ProvingStack } from './stack'

export type Buyer = { id: number }

const person = z.object({ id: z.number() })
const launch = z.object({ init_data: z.string() })
const invoice = z.object({ invoice_link: z.string() })
const payment = z.object({ status: z.string(), charge_id: z.string().optional() })
export type Payment = z.infer<typeof payment>
const message = z.object({ from: z.enum(['person', 'bot']), text: z.string().optional() })
const side = z.looseObject({ user: person.optional() })
const transaction = z.object({
  id: z.string(),
  amount: z.number(),
  source: side.optional(),
  receiver: side.optional(),
})
const answer = z.object({ result: z.object({ transactions: z.array(transaction) }) })

/** A buyer who is told "try again" does, even through an outage. */
const attemptsMax = 60

/** A movement of Stars as Telegram's own list has it. */
export type Movement = { chargeId: string; buyer: number; direction: 'in' | 'out'; amount: number }

/** What buyers do, and what Telegram knows about it, through the local Telegram. */
export class Shop {
  constructor(readonly stack: ProvingStack) {}

  /** Somebody new with Stars, whom the bot may write to. */
  async newBuyer(): Promise<Buyer> {
    const { id } = await this.#ask('people', person, { stars: 100_000 })
    await this.#ask('write-access', z.unknown(), { person_id: id })
    return { id }
  }

  /** Asks for an invoice as a person would, who tries again; its link. */
  async orders(buyer: Buyer, attempts = 4): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.ordersOnce(buyer)
      } catch (error) {
        if (attempt === attempts) throw error
        await sleep(1000)
      }
    }
  }

  /** Asks the app for an invoice of one month; its link. Fails while the app is away. */
  async ordersOnce(buyer: Buyer): Promise<string> {
    const { init_data } = await this.#ask(`init-data?person_id=${buyer.id}`, launch)
    const response = await fetch(`${this.stack.appUrl}/api/v1/telegram/payment/send-invoice`, {
      method: 'POST',
      headers: { authorization: `tma ${init_data}`, 'content-type': 'application/json' },
      body: JSON.stringify({ plan_code: 'gold_1m' }),
    })
    if (response.status !== 201) throw new Error(`send-invoice: ${await response.text()}`)
    return invoice.parse(await response.json()).invoice_link
  }

  async pays(buyer: Buyer, link: string): Promise<Payment> {
    return await this.#ask('pay', payment, { person_id: buyer.id, link })
  }

  /** Pays again as a person would, as long as the payment did not go through. */
  async insists(buyer: Buyer, link: string, first?: Promise<Payment>): Promise<string> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const going = attempt === 0 && first ? first : this.pays(buyer, link)
      const paid = await this.#untilSettled(going)
      if (paid.status === 'paid' && paid.charge_id) return paid.charge_id
      await sleep(300)
    }
    throw new Error(`the payment went through in none of ${attemptsMax} attempts`)
  }

  /** A dispute: Telegram gives the Stars back without asking the bot. */
  async disputes(chargeId: string): Promise<void> {
    await this.#ask('refunds', z.unknown(), { charge_id: chargeId })
  }

  /** Misbehaves in the given ways, see simulator/README.md. */
  async misbehaves(faults: Record<string, unknown>): Promise<void> {
    await this.#ask('faults', z.unknown(), faults, 'PUT')
  }

  async isPatient(seconds: number): Promise<void> {
    await this.#ask('clock', z.unknown(), { advance_seconds: seconds })
  }

  /** What the bot wrote to the buyer, oldest first. */
  async wroteTo(buyer: Buyer): Promise<string[]> {
    const messages = await this.#ask(`chats/${buyer.id}`, z.array(message))
    return messages.filter(({ from }) => from === 'bot').map(({ text }) => text ?? '')
  }

  /** Telegram's list of Stars, all of it. */
  async movements(): Promise<Movement[]> {
    const token = this.stack.env.TELEGRAM_BOT_TOKEN
    const all: Movement[] = []
    for (;;) {
      const url = `${this.stack.simulatorUrl}/bot${token}/getStarTransactions?offset=${all.length}`
      const { result } = answer.parse(await (await fetch(url)).json())
      for (const { id, amount, source, receiver } of result.transactions) {
        const buyer = (source ?? receiver)?.user?.id ?? 0
        all.push({ chargeId: id, buyer, direction: source ? 'in' : 'out', amount })
      }
      if (result.transactions.length < 100) return all
    }
  }

  /** A question that nobody answers is given up by Telegram after ten seconds, on its own clock. */
  async #untilSettled(going: Promise<Payment>): Promise<Payment> {
    const payment = await Promise.race([going, sleep(2000)])
    if (payment) return payment
    for (;;) {
      await this.isPatient(5)
      const late = await Promise.race([going, sleep(300)])
      if (late) return late
    }
  }

  async #ask<T>(path: string, schema: z.ZodType<T>, body?: unknown, method = 'POST'): Promise<T> {
    const response = await fetch(`${this.stack.simulatorUrl}/control/${path}`, {
      method: body === undefined ? 'GET' : method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`/control/${path}: ${response.status} ${text}`)
    return schema.parse(JSON.parse(text))
  }
}
