import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** `before`: the database never hears the statement. `after`: it has done it, and nobody hears so. */
export type Moment = 'before' | 'after'

/** What the line does then: falls silent until its client is gone, or breaks. */
export type Trouble = 'silence' | 'reset'

export type DatabaseProxy = {
  port: number
  /**
   * Waits until one connection carries these statements in this order, others between them or not,
   * and makes trouble at the last one, once. Resolves when that has happened.
   */
  cut(moment: Moment, statements: RegExp[], trouble?: Trouble): Promise<void>
  /** Nothing passes in either direction, on old and new connections, until it is set back. */
  freeze(isFrozen: boolean): void
  close(): void
}

type Watch = { moment: Moment; statements: RegExp[]; trouble: Trouble; onCut: () => void }

/** Stands between an app and its PostgreSQL, to cut the line at a chosen moment. */
export async function startDatabaseProxy(target: number): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>()
  let isFrozen = false
  let watch: Watch | undefined
  const server = createServer((client) => {
    const database = connect(target, '127.0.0.1')
    join(client, database, sockets)
    if (isFrozen) for (const socket of [client, database]) socket.pause()
    let progress: { of: Watch | undefined; seen: number } = { of: undefined, seen: 0 }
    let state: 'open' | 'answer awaited' | 'silent' = 'open'
    let cut: Watch | undefined
    const withNamed = rememberNames()
    const makeTrouble = (of: Watch) => {
      state = 'silent'
      if (of.trouble === 'reset') client.resetAndDestroy()
      of.onCut()
    }
    client.on('data', (chunk) => {
      if (state === 'silent') return
      const text = withNamed(chunk.toString('latin1'))
      if (progress.of !== watch) progress = { of: watch, seen: 0 }
      while (watch?.statements[progress.seen]?.test(text)) progress.seen += 1
      if (watch && progress.seen === watch.statements.length) {
        cut = watch
        watch = undefined
        if (cut.moment === 'before') return makeTrouble(cut)
        state = 'answer awaited'
      }
      database.write(chunk)
    })
    database.on('data', (chunk) => {
      if (state === 'open') client.write(chunk)
      else if (state === 'answer awaited' && cut && isReady(chunk)) makeTrouble(cut)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    cut: (moment, statements, trouble = 'silence') =>
      new Promise((resolve) => {
        watch = { moment, statements, trouble, onCut: resolve }
      }),
    freeze(wanted) {
      isFrozen = wanted
      for (const socket of sockets) wanted ? socket.pause() : socket.resume()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/**
 * A statement is told once by name (`Parse`) and from then on only its name (`Bind`): adds what the
 * names of a chunk stand for. One per connection, as the names are.
 */
function rememberNames(): (text: string) => string {
  const statements = new Map<string, string>()
  let heard = ''
  return (text) => {
    // A long statement comes in pieces.
    heard = (heard + text).slice(-64 * 1024)
    for (const [, name = '', sql = ''] of heard.matchAll(parse)) statements.set(name, sql)
    const named = [...text.matchAll(bind)].map(([, name = '']) => statements.get(name) ?? '')
    return [text, ...named].join('\n')
  }
}

const parse = /P[\s\S]{4}([\w.:-]+)\0([^\0]+)\0/g
const bind = /B[\s\S]{4}\0([\w.:-]+)\0/g

function join(client: Socket, database: Socket, sockets: Set<Socket>): void {
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
}

/** The answer to a statement ends with "ready for query", which comes after its commit. */
function isReady(chunk: Buffer): boolean {
  return chunk.length >= 6 && chunk.subarray(-6, -1).equals(Buffer.from([0x5a, 0, 0, 0, 5]))
}
