import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type TcpProxy = {
  port: number
  /** `pass`: as if it were not there. `reset`: closes everything. `freeze`: says nothing more. */
  set(mode: 'pass' | 'reset' | 'freeze'): void
  close(): Promise<void>
}

/** Stands between a client and a server on loopback, to take the server away without stopping it. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  let mode: 'pass' | 'reset' | 'freeze' = 'pass'
  const sockets = new Set<Socket>()
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    track(client)
    if (mode === 'reset') {
      client.destroy()
      return
    }
    const upstream = connect(target)
    track(upstream)
    client.pipe(upstream).pipe(client)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    if (mode === 'freeze') freeze([client, upstream])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A server on a TCP port has an address object.
    port: (server.address() as AddressInfo).port,
    set(next) {
      mode = next
      if (next === 'reset') for (const socket of sockets) socket.destroy()
      if (next === 'freeze') freeze(sockets)
      if (next === 'pass') for (const socket of sockets) socket.resume()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function freeze(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.pause()
}
