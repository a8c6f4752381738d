import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { isRecord } from '@/simulator/server/json'
import { type Simulator, type SimulatorOptions, startSimulator } from '@/simulator/server/start'
import type { Delivery } from '@/simulator/wire'

/** A simulator and a bot's webhook in this process, both gone after the test. */

export type Received = {
  raw: string
  headers: IncomingHttpHeaders
  update: Record<string, unknown>
}
export type Reply = {
  status?: number
  headers?: Record<string, string>
  body?: unknown
  /** In place of `body`: bytes as they are. */
  raw?: string
  hang?: boolean
}
type Handler = (received: Received, index: number) => Reply | undefined | Promise<Reply | undefined>

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

export const ANN = 279_058_397
export const BEN = 5_204_511_405
export const OLGA = 4_503_599_627_370_495

function respond(response: ServerResponse, reply: Reply): void {
  if (reply.hang === true) return
  const isObject = reply.body !== undefined
  response.writeHead(reply.status ?? 200, {
    ...(isObject ? { 'content-type': 'application/json' } : {}),
    ...reply.headers,
  })
  response.end(isObject ? JSON.stringify(reply.body) : (reply.raw ?? ''))
}

export async function startHook(handler: Handler = () => undefined) {
  const received: Received[] = []
  const hook = { url: '', received, answer: handler, ports: new Set<number | undefined>() }
  const server = createServer((request, response) => {
    hook.ports.add(request.socket.remotePort)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const raw = Buffer.concat(chunks).toString()
      const update: unknown = JSON.parse(raw)
      const entry = { raw, headers: request.headers, update: isRecord(update) ? update : {} }
      received.push(entry)
      respond(response, (await hook.answer(entry, received.length)) ?? {})
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  cleanups.push(async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
  hook.url = `http://127.0.0.1:${port}/hook`
  return hook
}

/** Approves every purchase in the answer itself. */
export function approve({ update }: Received): Reply | undefined {
  const query = update.pre_checkout_query
  if (!isRecord(query)) return undefined
  return { body: { method: 'answerPreCheckoutQuery', pre_checkout_query_id: query.id, ok: true } }
}

async function json(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json()
  return isRecord(body) ? body : { list: body }
}

/** The simulator with short ways to its three faces. */
export class Bench {
  readonly simulator: Simulator

  constructor(simulator: Simulator) {
    this.simulator = simulator
  }

  apiUrl(method: string): string {
    return `${this.simulator.url}/bot${this.simulator.botToken}/${method}`
  }

  async api(method: string, parameters: object = {}) {
    const response = await fetch(this.apiUrl(method), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
    return { status: response.status, headers: response.headers, ...(await json(response)) } as {
      status: number
      headers: Headers
      ok: boolean
      result?: unknown
      description?: string
    }
  }

  async post(path: string, body: object) {
    const response = await fetch(`${this.simulator.url}${path}`, {
      method: path === '/control/faults' ? 'PUT' : 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { http: response.status, ...(await json(response)) } as Record<string, unknown>
  }

  async get(path: string) {
    return json(await fetch(`${this.simulator.url}${path}`))
  }

  advance(seconds: number): Promise<void> {
    return this.simulator.world.clock.advance(seconds * 1000)
  }

  /** Lets what is under way come to rest, without moving the clock. */
  settle(): Promise<void> {
    return this.advance(0)
  }

  get deliveries(): Delivery[] {
    return this.simulator.world.deliveries
  }

  say(text: string, person = ANN) {
    return this.post('/control/messages', { person_id: person, text })
  }

  async link(invoice: object = {}): Promise<string> {
    const answer = await this.api('createInvoiceLink', { ...INVOICE, ...invoice })
    if (typeof answer.result !== 'string') throw new Error(answer.description)
    return answer.result
  }

  async hook(handler?: Handler, settings: object = {}) {
    const hook = await startHook(handler)
    await this.api('setWebhook', { url: hook.url, ...settings })
    return hook
  }

  pay(link: string, person = ANN, more: object = {}) {
    return this.post('/control/pay', { person_id: person, link, ...more })
  }
}

export const INVOICE = {
  title: 'Gold',
  description: 'Thirty days',
  payload: 'order-1',
  currency: 'XTR',
  prices: [{ label: 'Gold', amount: 500 }],
}

export async function startBench(options: SimulatorOptions = {}): Promise<Bench> {
  const simulator = await startSimulator({ client: false, ...options })
  cleanups.push(() => simulator.close())
  return new Bench(simulator)
}
