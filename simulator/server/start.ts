import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { handleBotApi } from './bot-api/transport'
import { streamEvents } from './client-api/events'
import { clientRoutes } from './client-api/routes'
import { controlRoutes } from './control/routes'
import { handleRoutes } from './http'
import { LocalWorld, type WorldOptions } from './local-world'
import { handleLogin } from './login/handle'
import { addBot, addPerson, DEFAULT_PEOPLE, type NewPerson } from './people'
import { bundleClient, type Site, serveSite } from './site'
import { handleStripe } from './stripe/handle'
import type { World } from './world'

export type SimulatorOptions = WorldOptions & {
  /** 0 takes a free port. */
  port?: number
  botToken?: string
  botUsername?: string
  botName?: string
  people?: NewPerson[]
  /** false: no browser client, for tests that need none. */
  client?: boolean
}

export type Simulator = {
  port: number
  url: string
  botToken: string
  botUsername: string
  /** The state itself, for tests in the same process. */
  world: World
  close: () => Promise<void>
}

export const DEFAULT_TOKEN = '7000000001:AAEmulatorOnlyNotARealTokenXXXXXXXX1'
export const DEFAULT_USERNAME = 'starpass_demo_bot'
const MAX_HEADERS = 256 * 1024

async function answer(
  world: World,
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator')
  const path = url.pathname
  if (path === '/client/events') return streamEvents(world.listeners, response)
  if (path === '/client/observer') return streamEvents(world.observers, response)
  if (path.startsWith('/client/')) return handleRoutes(world, clientRoutes, request, response, url)
  if (path.startsWith('/control/'))
    return handleRoutes(world, controlRoutes, request, response, url)
  if (path.startsWith('/oauth/')) return handleLogin(world, request, response, url)
  if (/^\/(stripe|v1)\//.test(path)) return handleStripe(world, request, response, url)
  if (path.startsWith('/t.me/')) {
    const rest = path.slice('/t.me/'.length).replaceAll('%24', '$') + url.search
    response.writeHead(302, { Location: `/#/link/${encodeURIComponent(rest)}` })
    response.end()
    return
  }
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && serveSite(site, path, response)) return
  return handleBotApi(world, request, response, url)
}

/** What is wrong below HTTP has no JSON: a bare status and a closed connection. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  const statuses: Record<string, string> = {
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
    HPE_INVALID_METHOD: '501 Not Implemented',
    HPE_INVALID_TRANSFER_ENCODING: '501 Not Implemented',
  }
  const status = statuses[error.code ?? ''] ?? '400 Bad Request'
  if (!socket.writable) return
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(taken ? new Error(`Port ${port} is taken by another program.`) : error)
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as AddressInfo
      resolve(address.port)
    })
  })
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = new LocalWorld(options)
  const botToken = options.botToken ?? DEFAULT_TOKEN
  const botUsername = options.botUsername ?? DEFAULT_USERNAME
  addBot(world, botToken, botUsername, options.botName ?? 'Starpass')
  for (const person of options.people ?? DEFAULT_PEOPLE) addPerson(world, person)
  const site: Site = options.client === false ? new Map() : await bundleClient()
  const server = createServer({ maxHeaderSize: MAX_HEADERS }, (request, response) => {
    answer(world, site, request, response).catch((error: unknown) => {
      if (request.destroyed && !response.headersSent) return response.destroy()
      console.error('simulator:', error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuse(error, socket))
  // Longer than the pools of usual clients, so that they do not meet a closing connection.
  server.keepAliveTimeout = 75_000
  let port: number
  try {
    port = await listen(server, options.port ?? 0)
  } catch (error) {
    world.clock.close()
    throw error
  }
  world.url = `http://127.0.0.1:${port}`
  const close = async () => {
    world.clock.close()
    for (const bot of world.bots.values()) void bot.webhook?.close()
    world.stripe.close()
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { port, url: world.url, botToken, botUsername, world, close }
}
