import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startDatabaseServer } from '@/commands/local/database-server'
import { freePort } from '@/commands/local/ports'
import { migrate } from '@/prisma/migrate'
import { seed } from '@/prisma/seed'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server's maintenance database. */
    databaseServerUrl: string
    /** The migrated and seeded database that every test file copies. */
    templateDatabase: string
  }
}

/**
 * One PostgreSQL for the whole run: the one at `TEST_DATABASE_SERVER_URL`, else an embedded one that
 * leaves nothing behind. Migrations and seed run once, into a template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer()
  const template = `starpass_template_${process.pid}`
  try {
    await query(server.url, `create database ${template}`)
    const templateUrl = withDatabase(server.url, template)
    await migrate(templateUrl)
    await seed(templateUrl)
    await closeToVisitors(server.url, template)
    project.provide('databaseServerUrl', server.url)
    project.provide('templateDatabase', template)
  } catch (error) {
    await server.close()
    throw error
  }
  return async () => {
    await query(server.url, `drop database if exists ${template} with (force)`)
    await server.close()
  }
}

async function openServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_SERVER_URL
  if (given) return { url: given, close: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'starpass-test-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const dataFolder = join(folder, 'data')
    const server = await startDatabaseServer({
      dataFolder,
      port: await freePort(),
      unsafeButFast: true,
    })
    return {
      url: server.url('postgres'),
      close: async () => {
        await server.stop()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A template can be copied only while nobody is connected to it. */
async function closeToVisitors(serverUrl: string, database: string): Promise<void> {
  await query(serverUrl, `alter database ${database} with allow_connections false`)
  await query(
    serverUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`,
  )
}

function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
