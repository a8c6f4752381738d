import { beforeEach, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/domain/admins/set-role'
import { catchUpEvents } from '@/lib/domain/checkout/catch-up-events'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { grantPlan } from '@/lib/domain/grants/grant-plan'
import { signPayload } from '@/lib/domain/invoices/payload'
import { answerQuestion, recordQuestion } from '@/lib/domain/payments/answer-question'
import { ensureUser } from '@/lib/domain/users/ensure-user'
import { noteReachable } from '@/lib/domain/users/note-reachable'
import { openSession } from '@/lib/domain/users/open-session'
import { findPersonOfSession } from '@/lib/domain/users/queries'
import type { AdminActor, PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { makePerson } from '@/lib/testing/factories'
import { banPerson, unbanPerson } from './ban-person'
import { endSessions } from './end-sessions'
import { messagePerson } from './message-person'
import { findPersonFile, listPeople } from './queries'
import { restoreForPerson } from './restore-for-person'
import { peopleQuery } from './schema'

const system = { kind: 'system' } as const
const admin: AdminActor = {
  kind: 'admin',
  telegramUserId: 2,
  firstName: 'Ada',
  role: 'support',
  from: '127.0.0.1',
}
const viewer: AdminActor = { ...admin, role: 'viewer' }
let ann: PersonActor
let id: number

beforeEach(async () => {
  ann = makePerson({ firstName: `Zoe${newId().slice(-6)}`, lastName: 'Quill' })
  id = ann.telegramUserId
  await ensureUser(ann, new Date())
})

const audited = () => db().auditEntry.findMany({ where: { subjectId: String(id) } })
const mayPay = (payload: string) =>
  answerQuestion(
    { kind: 'telegram' },
    { id: newId(), payer: ann, currency: 'XTR', amount: 500, payload },
  )

describe('a ban', () => {
  it('ends sessions, refuses logins and payments, and takes nothing that was had', async () => {
    const grant = { id: newId(), telegramUserId: id, planCode: 'gold_1m', days: 1, reason: 'x' }
    await grantPlan(admin, grant)
    const session = await openSession(ann)
    const before = await listEntitlements(ann, id)
    await banPerson(admin, id, 'chargebacks')
    await banPerson(admin, id, 'chargebacks')

    expect(await findPersonOfSession(id, session?.sessionVersion ?? -1)).toBeNull()
    expect(await openSession(ann)).toBeUndefined()
    const issuedAt = new Date()
    const price = { currency: 'XTR', amount: 500 }
    const sold = { id: newId(), planCode: 'gold_1m', issuedAt, telegramUserId: id, ...price }
    const { id: userId } = await db().user.findUniqueOrThrow({ where: { telegramUserId: id } })
    const payload = signPayload(sold)
    const times = { createdAt: issuedAt, expiresAt: new Date(Date.now() + 3_600_000) }
    const invoice = { id: sold.id, userId, planCode: 'gold_1m', method: 'stars', days: 30 }
    await db().invoice.create({ data: { ...invoice, ...price, ...times, payload } })
    expect(await mayPay(payload)).toBe('banned')
    expect(await listEntitlements(ann, id)).toEqual(before)
    expect((await audited()).filter((one) => one.action === 'ban_person')).toHaveLength(1)

    await unbanPerson(admin, id, 'a mistake')
    expect(await openSession(ann)).toBeDefined()
    expect(await mayPay(payload)).not.toBe('banned')
  })

  it('cannot hit somebody who runs the shop, or oneself', async () => {
    await setRole(system, id, 'viewer', 'helps')
    await expect(banPerson(admin, id, 'why')).rejects.toMatchObject({ code: 'conflict' })
    await expect(banPerson({ ...admin, telegramUserId: id }, id, 'why')).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await openSession(ann)).toBeDefined()
  })
})

describe('a message to a person', () => {
  const waiting = async () =>
    (
      await pool().query(
        `select key from graphile_worker.jobs where task_identifier = 'send_person_message'`,
      )
    ).rowCount ?? 0

  it('is sent once by one form, and the audit log keeps its words', async () => {
    const before = await waiting()
    const message = { id: newId(), telegramUserId: id, text: 'Hello <b>there</b>' }
    const outcomes = await Promise.all([1, 2, 3].map(() => messagePerson(admin, message)))
    expect(outcomes.filter((one) => one === 'queued')).toHaveLength(1)
    expect((await waiting()) - before).toBe(1)
    expect(await audited()).toMatchObject([
      {
        action: 'message_person',
        reason: 'Hello <b>there</b>',
        details: { messageId: message.id },
      },
    ])
  })

  it('is refused for somebody whom the bot cannot reach', async () => {
    await noteReachable(system, id, 'blocked')
    await expect(
      messagePerson(admin, { id: newId(), telegramUserId: id, text: 'Hello' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await audited()).toEqual([])
  })
})

describe('helping a person', () => {
  it('logs them out everywhere', async () => {
    const session = await openSession(ann)
    await endSessions(admin, id, 'lost phone')
    expect(await findPersonOfSession(id, session?.sessionVersion ?? -1)).toBeNull()
    expect(await openSession(ann)).toBeDefined()
  })

  it('logs out those who run the shop only for an owner, or oneself', async () => {
    await setRole(system, id, 'owner', 'runs it')
    const session = await openSession(ann)
    const isIn = () => findPersonOfSession(id, session?.sessionVersion ?? -1)
    await expect(endSessions(admin, id, 'why')).rejects.toMatchObject({ code: 'conflict' })
    await expect(endSessions({ ...admin, role: 'viewer' }, id, 'why')).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await isIn()).not.toBeNull()
    await endSessions({ ...admin, telegramUserId: id }, id, 'lost phone')
    expect(await isIn()).toBeNull()
    const again = await openSession(ann)
    await endSessions({ ...admin, role: 'owner' }, id, 'left the team')
    expect(await findPersonOfSession(id, again?.sessionVersion ?? -1)).toBeNull()
  })

  it('is refused to a viewer, for strangers and without a reason, and changes nothing', async () => {
    const text = { id: newId(), telegramUserId: id, text: 'Hello' }
    const refusals = [
      [() => banPerson(viewer, id, 'why'), 'forbidden'],
      [() => unbanPerson(viewer, id, 'why'), 'forbidden'],
      [() => endSessions(viewer, id, 'why'), 'forbidden'],
      [() => messagePerson(viewer, text), 'forbidden'],
      [
        () => restoreForPerson(viewer, { telegramUserId: id, reason: 'why' }, catchUpEvents),
        'forbidden',
      ],
      [() => banPerson(admin, id, ' '), 'invalid_request'],
      [() => endSessions(admin, 76, 'why'), 'not_found'],
      [() => messagePerson(admin, { ...text, telegramUserId: 76 }), 'not_found'],
    ] as const
    for (const [act, code] of refusals) await expect(act()).rejects.toMatchObject({ code })
    expect(await audited()).toEqual([])
    expect(await db().user.count({ where: { telegramUserId: 76 } })).toBe(0)
  })
})

describe('the list of people', () => {
  const ask = (query: Record<string, string>) => listPeople(admin, peopleQuery.parse(query))
  const idsOf = (page: Awaited<ReturnType<typeof ask>>) =>
    page.people.map((one) => one.telegramUserId)

  it('finds by id, @username and the beginning of the name, in any case', async () => {
    for (const q of [String(id), `@${ann.username}`, `${ann.firstName} qu`, ann.firstName]) {
      expect(idsOf(await ask({ q: q.toUpperCase() }))).toContain(id)
    }
    expect(idsOf(await ask({ q: `${ann.firstName}%` }))).toEqual([])
  })

  it('finds by the beginning of the last name and by a username without its @, once each', async () => {
    const mark = newId().slice(-8)
    const bea = makePerson({ firstName: 'Bea', lastName: `Vex${mark}`, username: `vex${mark}_b` })
    await ensureUser(bea, new Date())
    for (const q of [`Vex${mark}`, `vex${mark}_`, `@VEX${mark}`]) {
      expect(idsOf(await ask({ q }))).toEqual([bea.telegramUserId])
    }
    expect(idsOf(await ask({ q: `ex${mark}` }))).toEqual([])
  })

  it('searches through indexes only, and says when it shows the first fifty', async () => {
    const lastName = `Many${newId().slice(-8)}`
    for (let n = 0; n < 55; n += 1) await ensureUser(makePerson({ lastName }), new Date())
    const page = await ask({ q: lastName })
    expect([page.people.length, page.isCut]).toEqual([50, true])

    const columns = [
      "u.first_name || coalesce(' ' || u.last_name, '')",
      'u.last_name',
      'u.username',
    ]
    for (const column of columns) {
      const word = `lower(${column}) collate "C"`
      const client = await pool().connect()
      await client.query('begin; set local enable_seqscan = off')
      const { rows } = await client.query(
        `explain (costs off) select u.id from users u where ${word} >= lower('many')
         and ${word} < lower('many') || chr(1114111) order by ${word}, u.id limit 51`,
      )
      await client.query('rollback')
      client.release()
      const plan = rows.map((one) => one['QUERY PLAN']).join('\n')
      expect(plan).toMatch(/Index (Only )?Scan using users_(name|last_name|username)_idx/)
      expect(plan).not.toContain('Sort')
    }
  })

  it('walks to the end and back through the same people', async () => {
    const many = Array.from({ length: 120 }, () => makePerson())
    for (const one of many) await ensureUser(one, new Date())
    const pages = [await ask({})]
    for (let at = pages[0]; at?.older; at = pages.at(-1)) pages.push(await ask({ older: at.older }))
    const there = pages.map(idsOf)
    expect(new Set(there.flat()).size).toBe(there.flat().length)
    expect(there.flat()).toHaveLength(await db().user.count())
    let page = pages.at(-1)
    const back = []
    while (page?.newer) {
      page = await ask({ newer: page.newer })
      back.unshift(idsOf(page))
    }
    expect(back).toEqual(there.slice(0, -1))
  })

  it('shows the banned and the unreachable alone', async () => {
    expect(idsOf(await ask({ show: 'banned' }))).not.toContain(id)
    await banPerson(admin, id, 'why')
    await noteReachable(system, id, 'blocked')
    expect(idsOf(await ask({ show: 'banned' }))).toContain(id)
    expect(idsOf(await ask({ show: 'unreachable' }))).toContain(id)
  })
})

describe('the file of a person', () => {
  it('tells attempts that were refused and invoices nobody paid, the newest of them', async () => {
    const { id: userId } = await db().user.findUniqueOrThrow({ where: { telegramUserId: id } })
    const sold = { userId, planCode: 'gold_1m', method: 'stars', currency: 'XTR', amount: 500 }
    const invoices = Array.from({ length: 25 }, (_, n) => ({
      ...sold,
      id: newId(),
      payload: newId(),
      createdAt: new Date(Date.now() - n * 60_000),
      expiresAt: new Date(),
    }))
    await db().invoice.createMany({ data: invoices })
    await recordQuestion(
      { kind: 'telegram' },
      { id: newId(), payer: ann, currency: 'XTR', amount: 499, payload: 'gone' },
      'unknown_invoice',
    )
    const file = await findPersonFile(viewer, id)
    expect(file?.remarks.map((one) => one.kind)).toEqual([
      'tried',
      'unpaid',
      'attempts_cut',
      'nothing',
    ])
    expect(file?.remarks).toContainEqual(
      expect.objectContaining({
        kind: 'tried',
        tries: 1,
        last: expect.objectContaining({ reason: 'unknown_invoice', amount: 499 }),
      }),
    )
    const kinds = file?.timeline.map((one) => one.kind) ?? []
    expect(kinds.filter((kind) => kind === 'unpaid')).toHaveLength(20)
    expect(kinds.filter((kind) => kind === 'attempt')).toHaveLength(1)
  })

  it('says what they have and why, with what was done to them for those who may read it', async () => {
    const grant = { id: newId(), telegramUserId: id, planCode: 'gold_1m', days: 9, reason: 'x' }
    await grantPlan(admin, grant)
    await endSessions(admin, id, 'lost phone')
    const file = await findPersonFile(admin, id)
    expect(file?.verdicts).toMatchObject([{ kind: 'holds', because: { kind: 'granted', by: '2' } }])
    expect(file?.timeline.map((one) => one.kind)).toEqual(['done', 'granted', 'first_seen'])
    const seen = await findPersonFile(viewer, id)
    expect(seen?.timeline.map((one) => one.kind)).toEqual(['granted', 'first_seen'])
    expect(await findPersonFile(viewer, 76)).toBeNull()
  })
})
