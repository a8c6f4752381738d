import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type DatabaseProxy = {
  port: number
  /**
   * From the next statement that matches on, its connection gets no answers: the database has done
   * the work and the app does not know. Resolves when that has happened.
   */
  withholdAnswersTo(statement: RegExp): Promise<void>
  close(): void
}

/** Stands between an app and its PostgreSQL, to cut the line at a chosen moment. */
export async function startDatabaseProxy(target: number): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>()
  let watch: { statement: RegExp; onMatch: () => void } | undefined
  const server = createServer((client) => {
    const database = connect(target, '127.0.0.1')
    let isWithheld = false
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(socket)
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.on('error', () => other.destroy())
    }
    client.on('data', (chunk) => {
      if (watch?.statement.test(chunk.toString('latin1'))) {
        isWithheld = true
        watch.onMatch()
        watch = undefined
      }
      database.write(chunk)
    })
    database.on('data', (chunk) => {
      if (!isWithheld) client.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    withholdAnswersTo: (statement) =>
      new Promise((resolve) => {
        watch = { statement, onMatch: resolve }
      }),
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
