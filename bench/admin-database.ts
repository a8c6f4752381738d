import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type DatabaseServer, startDatabaseServer } from '@/commands/local/database-server'
import { freePort } from '@/commands/local/ports'
import { migrate } from '@/prisma/migrate'
import { seed } from '@/prisma/seed'
import { type Size, seedAdmin } from './seed-admin'

type Step = <T>(name: string, run: () => Promise<T>) => Promise<T>

const name = 'starpass'

/**
 * A database with a shop of that size. One in a folder of yours is kept and taken again by the next
 * run; else it goes with this run.
 */
export async function openAdminDatabase(
  size: Size,
  keptFolder: string | undefined,
  step: Step,
): Promise<{ url: string; close: () => Promise<void> }> {
  const folder = keptFolder ?? (await mkdtemp(join(tmpdir(), 'starpass-bench-')))
  const start = async () =>
    startDatabaseServer({ dataFolder: folder, port: await freePort(), unsafeButFast: true })
  let server = await start()
  const close = async () => {
    await server.stop()
    if (!keptFolder) await rm(folder, { recursive: true, force: true })
  }
  try {
    if (!(await isFilled(server, size))) {
      await configure(server)
      await server.stop()
      server = await start()
      await fill(server, size, step)
    }
    return { url: server.url(name), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** For one large fill: no log that a standby would need, and room in memory. */
async function configure(server: DatabaseServer): Promise<void> {
  await ask(server.url('postgres'), [
    `alter system set wal_level = 'minimal'`,
    'alter system set max_wal_senders = 0',
    `alter system set max_wal_size = '8GB'`,
    `alter system set shared_buffers = '1GB'`,
    `alter system set jit = off`,
  ])
}

async function fill(server: DatabaseServer, size: Size, step: Step): Promise<void> {
  await ask(server.url('postgres'), [`drop database if exists ${name}`])
  await server.createDatabase(name)
  const url = server.url(name)
  await step('Migrate', async () => {
    await migrate(url)
    await seed(url)
  })
  await seedAdmin(url, size, step)
  await ask(url, [`comment on database ${name} is '${labelOf(size)}'`])
}

const labelOf = ({ people, payments }: Size) => `${people} people, ${payments} payments`

async function isFilled(server: DatabaseServer, size: Size): Promise<boolean> {
  const [row] = await ask(server.url('postgres'), [
    `select shobj_description(oid, 'pg_database') as label from pg_database where datname = '${name}'`,
  ])
  return row?.label === labelOf(size)
}

async function ask(url: string, statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}
