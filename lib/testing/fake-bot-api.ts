import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

type Call = { method: string; params: Record<string, unknown> }
type Answer = { status: number; body: unknown }

const params = z.record(z.string(), z.unknown())

/**
 * The smallest Bot API that can be told what to answer, for tests of doors. Whole purchases are
 * tested against the simulator.
 */
export async function startFakeBotApi() {
  const calls: Call[] = []
  const answers = new Map<string, Answer>()
  const results = new Map<string, (params: Call['params']) => unknown>()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', async () => {
      const method = request.url?.split('/').at(-1) ?? ''
      calls.push({ method, params: params.parse(body ? JSON.parse(body) : {}) })
      const made = results.get(method)
      const given = calls.at(-1)?.params ?? {}
      const result = made
        ? await made(given)
        : method === 'createInvoiceLink'
          ? 'https://t.me/$fake'
          : true
      const answer = answers.get(method) ?? { status: 200, body: { ok: true, result } }
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server on a TCP port has an address object.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    /** What the bot sent, as the person reads it. */
    texts: () =>
      calls.filter((call) => call.method === 'sendMessage').map((call) => call.params.text),
    /** Makes the result of a method; survives `reset`. */
    answer(method: string, result: (params: Call['params']) => unknown) {
      results.set(method, result)
    },
    refuse(method: string, code: number, description: string, parameters: object = {}) {
      answers.set(method, {
        status: code,
        body: { ok: false, error_code: code, description, parameters },
      })
    },
    reset() {
      calls.length = 0
      answers.clear()
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

export type FakeBotApi = Awaited<ReturnType<typeof startFakeBotApi>>
