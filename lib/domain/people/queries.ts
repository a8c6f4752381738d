import { statusAt } from '@/lib/domain/entitlements/standing'
import { isId } from '@/lib/kit/ids'
import { hasPower, type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { judge, remarksOf } from './rules'
import type { PeoplePage, PeopleQuery } from './schema'
import { loadCharges, loadDone, loadGrants, loadHeld, loadPerson, loadSubscriptions } from './store'
import { loadAttempts } from './store-attempts'
import {
  type ListedPerson,
  loadPeople,
  type Place,
  searchId,
  searchLastNames,
  searchNames,
  searchUsernames,
} from './store-list'
import { timelineOf } from './timeline'

const pageSize = 50

/**
 * People newest first, or those that a search finds: an id, or the beginning of a username, with or
 * without its @, of the first or of the last name.
 */
export async function listPeople(actor: Manager, query: PeopleQuery): Promise<PeoplePage> {
  requirePower(actor, 'view')
  if (query.q) return found(await search(query.q))
  const from = placeOf(query)
  const rows = await loadPeople(query.show, from, pageSize + 1)

  const hasMore = rows.length > pageSize
  const people = rows.slice(0, pageSize)
  const isBackwards = from?.direction === 'newer'
  if (isBackwards) people.reverse()
  const first = people.at(0)
  const last = people.at(-1)
  const hasNewer = isBackwards ? hasMore : from !== null
  const hasOlder = isBackwards || hasMore
  return {
    people: people.map(shown),
    newer: first && hasNewer ? markOf(first) : null,
    older: last && hasOlder ? markOf(last) : null,
    isCut: false,
  }
}

async function search(text: string): Promise<ListedPerson[]> {
  if (text.startsWith('@')) return searchUsernames(text.slice(1), pageSize + 1)
  const id = /^\d{1,15}$/.test(text) ? await searchId(Number(text)) : []
  const found = await Promise.all(
    [searchNames, searchLastNames, searchUsernames].map((by) => by(text, pageSize + 1)),
  )
  return [...new Map([id, ...found].flat().map((one) => [one.id, one])).values()]
}

const found = (rows: ListedPerson[]): PeoplePage => ({
  people: rows.slice(0, pageSize).map(shown),
  newer: null,
  older: null,
  isCut: rows.length > pageSize,
})

const shown = ({ id: _, ...row }: ListedPerson) => row

const markOf = ({ since, id }: ListedPerson) => `${Date.parse(since)}_${id}`

function placeOf({ newer, older }: PeopleQuery) {
  const [direction, mark] = newer ? (['newer', newer] as const) : (['older', older] as const)
  const [ms = '', id = ''] = mark?.split('_') ?? []
  if (!/^\d{1,14}$/.test(ms) || !isId(id)) return null
  const place: Place = { at: new Date(Number(ms)), id }
  return { direction, place }
}

/** Everything about one person, and why they have or do not have access; null for nobody. */
export async function findPersonFile(actor: Manager, telegramUserId: number) {
  requirePower(actor, 'view')
  const row = await loadPerson(telegramUserId)
  if (!row) return null
  const { id, createdAt, ...person } = row
  const readsAudit = actor.kind === 'system' || hasPower(actor.role, 'read_audit')
  const [held, charges, grants, subscriptions, attempts, done, at] = await Promise.all([
    loadHeld(id),
    loadCharges(id),
    loadGrants(id),
    loadSubscriptions(id),
    loadAttempts(id, telegramUserId),
    readsAudit ? loadDone(telegramUserId) : [],
    now(),
  ])

  const { bannedAt, deletedAt } = person
  const facts = {
    bannedAt,
    deletedAt,
    held,
    charges,
    grants,
    subscriptions,
    attempts,
    since: createdAt,
  }
  const graceHours = env().GRACE_HOURS
  return {
    person: { telegramUserId, since: createdAt, ...person },
    held: held.map((one) => ({ ...one, status: statusAt(one, at, graceHours) })),
    payments: charges.slice(0, 50),
    grants,
    subscriptions,
    verdicts: judge(facts, { now: at, graceHours }),
    remarks: remarksOf(facts),
    timeline: timelineOf(facts, done),
  }
}

export type PersonFile = NonNullable<Awaited<ReturnType<typeof findPersonFile>>>
