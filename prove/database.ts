import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabaseServer } from '@/commands/local/database-server'
import { freePort } from '@/commands/local/ports'
import { applyTestEnv } from '@/lib/testing/test-env'
import { migrate } from '@/prisma/migrate'
import { seed as seedCatalogue } from '@/prisma/seed'

/** A PostgreSQL of its own with the sample catalogue, which nobody keeps. */
export function withDatabase<T>(work: (databaseUrl: string) => Promise<T>): Promise<T> {
  return withDatabases(['starpass'], ([databaseUrl = '']) => work(databaseUrl))
}

/** The same with several databases on one server. */
export async function withDatabases<T>(
  names: string[],
  work: (databaseUrls: string[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'starpass-prove-'))
  const server = await startDatabaseServer({
    dataFolder: join(folder, 'postgres'),
    port: await freePort(),
    unsafeButFast: true,
  })
  try {
    for (const name of names) {
      await server.createDatabase(name)
      applyTestEnv({ DATABASE_URL: server.url(name) })
      await migrate(server.url(name))
      await seedCatalogue(server.url(name))
    }
    return await work(names.map((name) => server.url(name)))
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
