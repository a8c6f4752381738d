import { readFile } from 'node:fs/promises'
import pg from 'pg'

const paymentsPerPerson = 5

/** Fills in past sales: people, invoices, entitlements and payments in proportion. */
export async function growDatabase(databaseUrl: string, payments: number): Promise<void> {
  const text = await readFile(new URL('./grow.sql', import.meta.url), 'utf8')
  const people = Math.ceil(payments / paymentsPerPerson)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(text.replaceAll(':people', String(people)))
  } finally {
    await client.end()
  }
}
