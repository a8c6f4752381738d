import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { freePort } from '@/commands/local/ports'

type Reply = string | number | null | Error | Reply[]

/** A real Redis behind the REST interface of Upstash, as far as the rate limiter speaks it. */
export type UpstashServer = { url: string; token: string; close(): Promise<void> }

const commandSchema = z.array(z.union([z.string(), z.number()]).transform(String)).min(1)

/** Starts `redis-server` and the interface. Fails with what to install when it is not there. */
export async function startUpstash(): Promise<UpstashServer> {
  const port = await freePort()
  const redis = await startRedis(port)
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const ask = speakRedis(socket)
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await textOf(request))
    const encode =
      request.headers['upstash-encoding'] === 'base64' ? toBase64 : (reply: Reply) => reply
    const run = async (command: unknown) => {
      const reply = await ask(commandSchema.parse(command))
      return reply instanceof Error ? { error: reply.message } : { result: encode(reply) }
    }
    const isPipeline = request.url === '/pipeline' && Array.isArray(body)
    const answer = isPipeline ? await Promise.all(body.map(run)) : await run(body)
    const status = 'error' in answer ? 400 : 200
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: restPort } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${restPort}`,
    token: 'local',
    async close() {
      server.closeAllConnections()
      server.close()
      socket.destroy()
      const exited = once(redis, 'exit')
      redis.kill('SIGTERM')
      await exited
    },
  }
}

async function startRedis(port: number): Promise<ChildProcess> {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const redis = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise<void>((resolve, reject) => {
    redis.once('error', () => {
      reject(new Error('redis-server is not installed. On Debian: apt-get install redis-server'))
    })
    redis.once('exit', (code) => reject(new Error(`redis-server ended (exit code ${code})`)))
    createInterface(redis.stdout).on('line', (line) => {
      if (/ready to accept connections/i.test(line)) resolve()
    })
  })
  return redis
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function toBase64(reply: Reply): Reply {
  if (Array.isArray(reply)) return reply.map(toBase64)
  if (typeof reply !== 'string' || reply === 'OK') return reply
  return Buffer.from(reply).toString('base64')
}

/** Redis' own protocol: commands go out in order, replies come back in the same order. */
function speakRedis(socket: Socket): (command: string[]) => Promise<Reply> {
  let unread = Buffer.alloc(0)
  const waiting: ((reply: Reply) => void)[] = []
  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, Buffer.from(chunk)])
    for (let read = readReply(unread, 0); read; read = readReply(unread, 0)) {
      unread = unread.subarray(read.end)
      waiting.shift()?.(read.reply)
    }
  })
  return (command) => {
    const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`)
    socket.write(`*${parts.length}\r\n${parts.join('')}`)
    return new Promise((resolve) => waiting.push(resolve))
  }
}

/** One reply from the given position, or undefined while it has not arrived in full. */
function readReply(data: Buffer, start: number): { reply: Reply; end: number } | undefined {
  const lineEnd = data.indexOf('\r\n', start)
  if (lineEnd < 0) return undefined
  const kind = String.fromCharCode(data.readUInt8(start))
  const text = data.toString('utf8', start + 1, lineEnd)
  const end = lineEnd + 2
  if (kind === '+') return { reply: text, end }
  if (kind === '-') return { reply: new Error(text), end }
  if (kind === ':') return { reply: Number(text), end }
  const size = Number(text)
  if (size < 0) return { reply: null, end }
  if (kind === '$') {
    if (data.length < end + size + 2) return undefined
    return { reply: data.toString('utf8', end, end + size), end: end + size + 2 }
  }
  const items: Reply[] = []
  let position = end
  while (items.length < size) {
    const item = readReply(data, position)
    if (!item) return undefined
    items.push(item.reply)
    position = item.end
  }
  return { reply: items, end: position }
}
