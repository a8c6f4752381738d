import type { ServerResponse } from 'node:http'
import type { World } from '@/simulator/server/world'

const PING = 15_000

/** The event stream of the browser client. */
export function streamEvents(world: World, response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
  })
  response.write(': open\n\n')
  const listener = (event: unknown) => response.write(`data: ${JSON.stringify(event)}\n\n`)
  world.listeners.add(listener)
  // Real time, not the simulated clock: this only keeps the connection from looking dead.
  const ping = setInterval(() => response.write(': ping\n\n'), PING)
  ping.unref()
  response.once('close', () => {
    clearInterval(ping)
    world.listeners.delete(listener)
  })
}
