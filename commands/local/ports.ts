import { createServer } from 'node:net'

/** A port on loopback that nothing uses right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** Refuses, with the variable that moves it, a port that another program holds. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const code = await tryToListen(port)
  if (code === undefined) return
  const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${code})`
  throw new Error(
    `Port ${port} ${why}. Stop that program, or choose another port: ${variable}=${port + 1} before the command.`,
  )
}

function tryToListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)))
  })
}

/** The port a variable names, else the usual one. Refuses what is no port. */
export function portFrom(variable: string, usual: number): number {
  const text = process.env[variable]
  if (text === undefined || text === '') return usual
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${variable} is "${text}"; it must be a number from 1 to 65535.`)
}
