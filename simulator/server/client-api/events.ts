import type { ServerResponse } from 'node:http'

const PING = 15_000

/** The event streams of the browser client: its own, and the observer's. */
export function streamEvents<T>(
  listeners: Set<(event: T) => void>,
  response: ServerResponse,
): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
  })
  response.write(': open\n\n')
  const listener = (event: T) => {
    response.write(`data: ${JSON.stringify(event)}\n\n`)
  }
  listeners.add(listener)
  // Real time, not the simulated clock: this only keeps the connection from looking dead.
  const ping = setInterval(() => response.write(': ping\n\n'), PING)
  ping.unref()
  response.once('close', () => {
    clearInterval(ping)
    listeners.delete(listener)
  })
}
