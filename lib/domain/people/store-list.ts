import { z } from 'zod'
import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'
import type { PersonRow } from './schema'

const row = z
  .object({
    id: z.string(),
    telegram_user_id: z.coerce.number(),
    name: z.string(),
    username: z.string().nullable(),
    reachable: z.string(),
    is_banned: z.boolean(),
    is_deleted: z.boolean(),
    created_at: z.date(),
  })
  .transform((one) => ({
    id: one.id,
    telegramUserId: one.telegram_user_id,
    name: one.name,
    username: one.username,
    reachable: one.reachable,
    isBanned: one.is_banned,
    isDeleted: one.is_deleted,
    since: one.created_at.toISOString(),
  }))
export type ListedPerson = PersonRow & { id: string }

/** The words of the indexes users_name_idx, users_last_name_idx and users_username_idx. */
const name = Prisma.sql`lower(u.first_name || coalesce(' ' || u.last_name, '')) collate "C"`
const lastName = Prisma.sql`lower(u.last_name) collate "C"`
const username = Prisma.sql`lower(u.username) collate "C"`

const columns = Prisma.sql`u.id, u.telegram_user_id, u.username, u.reachable, u.created_at,
  u.first_name || coalesce(' ' || u.last_name, '') as name,
  u.banned_at is not null as is_banned, u.deleted_at is not null as is_deleted`

const shown = {
  all: Prisma.sql`true`,
  banned: Prisma.sql`u.banned_at is not null`,
  unreachable: Prisma.sql`u.reachable in ('blocked', 'never_started')`,
} as const

export type Place = { at: Date; id: string }

/** People by when they came, newest first; `newer` pages run the other way round. */
export async function loadPeople(
  show: keyof typeof shown,
  from: { direction: 'older' | 'newer'; place: Place } | null,
  most: number,
): Promise<ListedPerson[]> {
  const order = from?.direction === 'newer' ? Prisma.sql`asc` : Prisma.sql`desc`
  const sign = from?.direction === 'newer' ? Prisma.sql`>` : Prisma.sql`<`
  const beyond = from
    ? Prisma.sql`(u.created_at, u.id) ${sign} (${from.place.at}, ${from.place.id}::uuid)`
    : Prisma.sql`true`
  const rows = await db().$queryRaw<unknown[]>`
    select ${columns} from users u where ${shown[show]} and ${beyond}
    order by u.created_at ${order}, u.id ${order} limit ${most}`
  return z.array(row).parse(rows)
}

/** The last letter of all: what begins with a text stands between it and itself with this. */
const behind = Prisma.sql`chr(1114111)`

export async function searchNames(text: string, most: number): Promise<ListedPerson[]> {
  return search(name, text, most)
}

export async function searchLastNames(text: string, most: number): Promise<ListedPerson[]> {
  return search(lastName, text, most)
}

export async function searchUsernames(text: string, most: number): Promise<ListedPerson[]> {
  return search(username, text, most)
}

async function search(column: Prisma.Sql, text: string, most: number): Promise<ListedPerson[]> {
  const rows = await db().$queryRaw<unknown[]>`
    select ${columns} from users u
    where ${column} >= lower(${text}) and ${column} < lower(${text}) || ${behind}
    order by ${column}, u.id limit ${most}`
  return z.array(row).parse(rows)
}

export async function searchId(telegramUserId: number): Promise<ListedPerson[]> {
  const rows = await db().$queryRaw<unknown[]>`
    select ${columns} from users u where u.telegram_user_id = ${telegramUserId}`
  return z.array(row).parse(rows)
}
