import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'
import { readSearch, type Search } from './rules'

const { sql } = Prisma

/** A name that fits thousands is no search; so many people are looked at on a page. */
export const peopleMax = 200

/** An end for "starts with" that an ordinary index understands. */
const startsWith = (column: Prisma.Sql, prefix: string) =>
  sql`${column} like ${`${prefix.replaceAll(/[\\%_]/g, '\\$&')}%`}`

const username = sql`lower(u.username) collate "C"`
const fullName = sql`lower(u.first_name || coalesce(' ' || u.last_name, '')) collate "C"`
const lastName = sql`lower(u.last_name) collate "C"`

/** What a search may find people by; each has an index in this very order. */
function namesOf(search: Search): [column: Prisma.Sql, prefix: string][] {
  if (search.kind === 'username') return [[username, search.prefix]]
  if (search.kind !== 'text') return []
  const prefix = search.text.toLowerCase()
  return [
    [fullName, prefix],
    [lastName, prefix],
    [username, prefix],
  ]
}

/** Whose name or @username begins like that, always the same ones; one more than are looked at. */
async function findPeople(search: Search): Promise<bigint[]> {
  const names = namesOf(search)
  if (names.length === 0) return []
  const parts = names.map(
    ([column, prefix]) => sql`(select u.telegram_user_id as id from users u
      where ${startsWith(column, prefix)} order by ${column}, u.id limit ${peopleMax + 1})`,
  )
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    select id from (${Prisma.join(parts, ' union ')}) found order by id limit ${peopleMax + 1}`
  return rows.map(({ id }) => id)
}

/** What a row must be to be found, and whether more people fit than are looked at. */
export type Found = { where: Prisma.Sql; isCut: boolean }

/** For a page: of a name that fits too many, only the first are looked at. */
export async function findSearch(typed: string): Promise<Found> {
  const search = readSearch(typed)
  const people = await findPeople(search)
  const looked = people.slice(0, peopleMax)
  const byPerson = sql`e.telegram_user_id = any(${looked}::bigint[])`
  return { where: searchSql(search, byPerson), isCut: people.length > peopleMax }
}

/** For a file of everything that fits, however many people that are. */
export function searchAll(typed: string): Prisma.Sql {
  const search = readSearch(typed)
  const fits = namesOf(search).map(([column, prefix]) => startsWith(column, prefix))
  const byPerson = sql`e.user_id in (select u.id from users u where ${Prisma.join(fits.length > 0 ? fits : [sql`false`], ' or ')})`
  return searchSql(search, byPerson)
}

function searchSql(search: Search, byPerson: Prisma.Sql): Prisma.Sql {
  if (search.kind === 'id') {
    return sql`(e.id = ${search.id}::uuid or e.invoice_id = ${search.id}::uuid)`
  }
  if (search.kind === 'telegram_id') {
    return sql`e.telegram_user_id = ${search.telegramUserId}::bigint`
  }
  if (search.kind === 'payload') return sql`e.invoice_payload = ${search.payload}`
  if (search.kind === 'username') return byPerson
  // Text may be a name, an id at Telegram, Stripe or a bank, or a payload that is not ours.
  return sql`(${byPerson} or (e.provider in ('stars', 'telegram', 'stripe')
    and e.charge_id = ${search.text}) or e.invoice_payload = ${search.text}
    or (e.provider <> 'stars' and e.provider_payment_charge_id = ${search.text}))`
}
