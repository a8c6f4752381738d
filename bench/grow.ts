import { readFile } from 'node:fs/promises'
import pg from 'pg'

const paymentsPerPerson = 5

/** Fills in past sales up to so many payments: people, invoices and entitlements in proportion. */
export async function growDatabase(databaseUrl: string, from: number, to: number): Promise<void> {
  const text = await readFile(new URL('./grow.sql', import.meta.url), 'utf8')
  const first = Math.ceil(from / paymentsPerPerson) + 1
  const last = Math.ceil(to / paymentsPerPerson)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(text.replaceAll(':first', String(first)).replaceAll(':last', String(last)))
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}
