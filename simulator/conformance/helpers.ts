import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { isRecord } from '@/simulator/server/json'
import { slugOf } from '@/simulator/server/payments/invoices'
import { personById } from '@/simulator/server/people'
import { type PurchaseOptions, purchase } from '@/simulator/server/purchase'
import { ANN, type Bench, type Received } from '@/simulator/server/testing/harness'

/** Short ways for the proofs. */

export const TOO_OLD =
  'Bad Request: query is too old and response timeout expired or query ID is invalid'
export const FIAT = {
  currency: 'EUR',
  provider_token: '1:TEST:2',
  prices: [{ label: 'Gold', amount: 1450 }],
}
export const MONTH = 2_592_000
export const BOT_ID = 7_000_000_001

/** A purchase under way: the bot has been asked when this returns. */
export function buy(bench: Bench, link: string, options: PurchaseOptions = {}, person = ANN) {
  const { world } = bench.simulator
  return purchase(world, personById(world, person), slugOf(link) ?? '', options)
}

/** Waits for what comes by itself, patiently enough for a busy machine. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 15_000, interval: 10 })
}

/** What the server says to a request that no HTTP client would send. */
export function rawRequest(bench: Bench, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(bench.simulator.port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

export function typeOf({ update }: Received): string {
  return Object.keys(update)[1] ?? ''
}

export function ofType(received: Received[], type: string): Record<string, unknown>[] {
  return received.flatMap(({ update }) => {
    const value = update[type]
    return isRecord(value) ? [value] : []
  })
}

export function idOf({ update }: Received): number {
  return Number(update.update_id)
}

/** The description of a refusal. */
export async function refusal(bench: Bench, method: string, parameters: object): Promise<string> {
  const answer = await bench.api(method, parameters)
  expect(answer.ok).toBe(false)
  return String(answer.description)
}

export async function info(bench: Bench): Promise<Record<string, unknown>> {
  const { result } = await bench.api('getWebhookInfo')
  return isRecord(result) ? result : {}
}

/** Seconds between the attempts so far. */
export function gaps(bench: Bench): number[] {
  const times = bench.deliveries.map(({ at_unix }) => at_unix)
  return times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0)))
}

export function press(bench: Bench, data = 'x', message_id = 1) {
  return bench.post('/control/callbacks', { person_id: ANN, message_id, data })
}

export async function balance(bench: Bench): Promise<unknown> {
  return (await bench.api('getMyStarBalance')).result
}

/** Answers every pre-checkout query with these members. */
export function answerWith(members: object) {
  return ({ update }: Received) => {
    const query = update.pre_checkout_query
    if (!isRecord(query)) return undefined
    const body = { method: 'answerPreCheckoutQuery', pre_checkout_query_id: query.id, ...members }
    return { body }
  }
}

/** A bot's server that does what the harness's own would not. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => listener(request, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
