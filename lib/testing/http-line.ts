import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call on the line. */
export type LineCall = { path: string; body: string }

export type HttpLine = {
  url: string
  /**
   * Waits for a call that matches. `before`: the call never reaches its end. `after`: it was
   * answered, and the answer stays on the way. `pass`: nothing happens to it. Resolves then.
   */
  cut(moment: 'before' | 'after' | 'pass', matches: (call: LineCall) => boolean): Promise<void>
  /** Breaks the calls that are held up. */
  release(): void
  close(): void
}

type Watch = Parameters<HttpLine['cut']>
type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer }

/** Stands between two that speak HTTP on loopback, to lose a call or its answer at will. */
export async function startHttpLine(target: () => string): Promise<HttpLine> {
  const agent = new Agent({ keepAlive: true })
  const held = new Set<ServerResponse>()
  let watch: { moment: Watch[0]; matches: Watch[1]; onCut: () => void } | undefined

  async function carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming)
    const call = { path: incoming.url ?? '/', body: body.toString('utf8') }
    const cut = watch?.matches(call) ? watch : undefined
    if (cut) watch = undefined
    const hold = () => {
      held.add(outgoing)
      outgoing.on('close', () => held.delete(outgoing))
      cut?.onCut()
    }
    if (cut?.moment === 'before') return hold()
    const answer = await forward(`${target()}${call.path}`, incoming, body, agent)
    if (cut?.moment === 'after') return hold()
    cut?.onCut()
    outgoing.writeHead(answer.status, answer.headers).end(answer.body)
  }

  const server = createServer((incoming, outgoing) => {
    carry(incoming, outgoing).catch(() => outgoing.destroy())
  })
  server.keepAliveTimeout = 75_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    cut: (moment, matches) =>
      new Promise((resolve) => {
        watch = { moment, matches, onCut: resolve }
      }),
    release() {
      for (const response of held) response.destroy()
    },
    close() {
      agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

function forward(
  url: string,
  { method = 'GET', headers }: IncomingMessage,
  body: Buffer,
  agent: Agent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, agent }, (response) => {
      bodyOf(response).then((body) => {
        const { 'transfer-encoding': _, connection: __, ...kept } = response.headers
        resolve({ status: response.statusCode ?? 502, headers: kept, body })
      }, reject)
    })
    call.on('error', reject)
    call.end(body)
  })
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
