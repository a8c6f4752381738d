import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { applyTestEnv } from './test-env'

/**
 * Set-up of every database test file: its own copy of the migrated and seeded template, named in
 * `DATABASE_URL` before anything reads `env()`, dropped when the file is done.
 */
const serverUrl = inject('databaseServerUrl')
const name = `starpass_test_${randomBytes(6).toString('hex')}`

await onServer(`create database ${name} template ${inject('templateDatabase')}`)
const url = new URL(serverUrl)
url.pathname = `/${name}`
applyTestEnv({ DATABASE_URL: url.href })

afterAll(async () => {
  // Imported late: the pool must not exist before the environment above does.
  const { closePool } = await import('@/lib/platform/pool')
  await closePool()
  await onServer(`drop database ${name} with (force)`)
})

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
