import { z } from 'zod'

const person = z.object({ id: z.number(), first_name: z.string(), stars: z.number() })
export type Person = z.infer<typeof person>

const message = z.object({
  message_id: z.number(),
  from: z.enum(['person', 'bot']),
  text: z.string().optional(),
  keyboard: z
    .array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() })))
    .optional(),
  payment: z.object({ charge_id: z.string() }).optional(),
  invoice: z.object({ slug: z.string(), paid: z.boolean() }).optional(),
})
export type Message = z.infer<typeof message>

const payment = z.object({
  status: z.enum(['paid', 'cancelled', 'failed', 'pending']),
  charge_id: z.string().optional(),
  error: z.string().optional(),
  message: z.string().optional(),
})

const delivery = z.object({
  update_id: z.number(),
  type: z.string(),
  attempt: z.number(),
  status: z.number().nullable(),
  ok: z.boolean(),
})

const subscription = z.object({ charge_id: z.string(), state: z.string() })
const launch = z.object({ init_data: z.string(), launch_url: z.string() })
const request = z.object({ method: z.string(), parameters: z.record(z.string(), z.string()) })

let people = 0

/** What a test can make the local Telegram do, through its control interface. */
const queue = z.object({
  updates: z.array(z.object({ update_id: z.number(), held: z.boolean() })),
})

export class Telegram {
  constructor(readonly url: string) {}

  /** Somebody new, so that no test meets the purchases of another. */
  async hasPerson(wishes: { stars?: number; firstName?: string } = {}): Promise<Person> {
    people += 1
    const firstName = wishes.firstName ?? `Shopper ${people}`
    const body = { first_name: firstName, stars: wishes.stars ?? 5000 }
    return await this.#ask('POST', 'people', person, body)
  }

  /** The person that is always there, whom the demo makes an owner. */
  async firstPerson(): Promise<Person> {
    const [first] = await this.#ask('GET', 'people', z.array(person))
    if (!first) throw new Error('the local Telegram has no person')
    return first
  }

  async writes(from: Person, text: string): Promise<void> {
    await this.#ask('POST', 'messages', z.unknown(), { person_id: from.id, text })
  }

  /** The messages of the person's chat with the bot, oldest first. */
  async shows(to: Person): Promise<Message[]> {
    return await this.#ask('GET', `chats/${to.id}`, z.array(message))
  }

  async presses(who: Person, messageId: number, data: string): Promise<void> {
    const body = { person_id: who.id, message_id: messageId, data }
    await this.#ask('POST', 'callbacks', z.unknown(), body)
  }

  async pays(who: Person, link: string): Promise<z.infer<typeof payment>> {
    return await this.#ask('POST', 'pay', payment, { person_id: who.id, link })
  }

  /** What a Mini App gets when this person opens it; `ageSeconds` ago if wanted. */
  async launches(who: Person, ageSeconds = 0): Promise<z.infer<typeof launch>> {
    const age = ageSeconds > 0 ? `&age_seconds=${ageSeconds}` : ''
    return await this.#ask('GET', `init-data?person_id=${who.id}${age}`, launch)
  }

  /** Misbehaves in the given ways, see simulator/README.md; without any, behaves again. */
  async misbehaves(faults: Record<string, unknown>): Promise<void> {
    await this.#ask('PUT', 'faults', z.unknown(), faults)
  }

  async behaves(): Promise<void> {
    await this.misbehaves({})
  }

  async isPatient(seconds: number): Promise<void> {
    await this.#ask('POST', 'clock', z.unknown(), { advance_seconds: seconds })
  }

  /** As the person does in Telegram's settings, with their one subscription. */
  async editsTheSubscriptionOf(who: Person, action: 'cancel' | 'enable' | 'fail'): Promise<void> {
    const list = z.array(subscription)
    const [only] = await this.#ask('GET', `subscriptions?person_id=${who.id}`, list)
    const body = { person_id: who.id, charge_id: only?.charge_id, action }
    await this.#ask('POST', 'subscriptions', z.unknown(), body)
  }

  /** Every attempt to deliver an update of this type. */
  async deliveries(type: string): Promise<z.infer<typeof delivery>[]> {
    return await this.#ask('GET', `deliveries?type=${type}`, z.array(delivery))
  }

  /** Delivers what was held back when it misbehaved by holding. */
  async releases(): Promise<void> {
    for (const { updates } of await this.#ask('GET', 'queues', z.array(queue))) {
      for (const { update_id: id } of updates.filter(({ held }) => held)) {
        await this.#ask('POST', `deliveries/${id}/release`, z.unknown())
      }
    }
  }

  /** What the bot sent to this person, as calls of the Bot API. */
  async sentTo(who: Person): Promise<string[]> {
    const calls = await this.#ask('GET', 'requests?method=sendMessage', z.array(request))
    return calls
      .filter(({ parameters }) => parameters.chat_id === String(who.id))
      .map(({ parameters }) => parameters.text ?? '')
  }

  async #ask<T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /control/${path}: ${response.status} ${text}`)
    return schema.parse(JSON.parse(text))
  }
}
