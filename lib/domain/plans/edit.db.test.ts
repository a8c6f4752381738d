import { beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { signPayload } from '@/lib/domain/invoices/payload'
import { answerQuestion } from '@/lib/domain/payments/answer-question'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { ensureUser } from '@/lib/domain/users/ensure-user'
import type { AdminActor, AdminRole, PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { planWords } from '@/lib/messages/admin-plans'
import { db } from '@/lib/platform/db'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { findPlanInUse, listPlansInUse } from './admin-queries'
import { readForm, toForm } from './form'
import { movePlan } from './reorder-plans'
import { putBackOnSale, retirePlan } from './retire-plan'
import { savePlan } from './save-plan'
import type { PlanDraft } from './schema'
import { loadUse } from './store-use'

const admin = (role: AdminRole): AdminActor => ({
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role,
  from: '127.0.0.1',
})
const owner = admin('owner')
const telegram = { kind: 'telegram' } as const
const start = new Date()
let made = 0
let draft: PlanDraft
let version: string
let ann: PersonActor

beforeEach(async () => {
  made += 1
  ann = makePerson()
  draft = {
    code: `plan_${made}`,
    name: 'Plan',
    description: '',
    features: ['archive'],
    family: `family_${made}`,
    tier: 1,
    kind: 'subscription',
    durationDays: 30,
    goods: 'digital',
    prices: [{ currency: 'XTR', amount: 500 }],
  }
  version = (await savePlan(owner, { draft, version: null })).version
})

const stored = async () => (await findPlanInUse(owner, draft.code))?.plan
const audit = () =>
  db().auditEntry.findMany({ where: { subjectId: draft.code }, orderBy: { id: 'asc' } })
const saves = (changed: Partial<PlanDraft>, at = version) =>
  savePlan(owner, { draft: { ...draft, ...changed }, version: at })

async function invoiceOf(person: PersonActor): Promise<string> {
  const id = newId()
  const terms = { currency: 'XTR', amount: 500 }
  const payload = signPayload({
    id,
    planCode: draft.code,
    issuedAt: start,
    telegramUserId: person.telegramUserId,
    ...terms,
  })
  await db().invoice.create({
    data: {
      id,
      userId: (await ensureUser(person, start)).id,
      planCode: draft.code,
      method: 'stars',
      ...terms,
      days: 30,
      payload,
      createdAt: start,
      expiresAt: addDays(start, 1),
    },
  })
  return payload
}

const asks = (payload: string, amount = 500) =>
  answerQuestion(telegram, { id: newId(), payer: ann, currency: 'XTR', amount, payload })

const pays = (payload: string, period: number) =>
  recordCharge(
    telegram,
    makeCharge({
      payer: ann,
      payload,
      isRecurring: true,
      isFirstRecurring: period === 0,
      chargedAt: addDays(start, period * 30),
      subscriptionExpiresAt: addDays(start, period * 30 + 30),
    }),
    { updateId: Math.floor(Math.random() * 1e9), kind: 'message', body: {} },
  )

describe('a plan', () => {
  it('is made at the end of the list, with its prices, once', async () => {
    expect((await listPlansInUse(admin('viewer'))).at(-1)).toMatchObject({ ...draft, onSale: true })
    await expect(savePlan(owner, { draft, version: null })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await audit()).toMatchObject([{ action: 'create_plan', actor: '1', from: '127.0.0.1' }])
  })

  it('is edited with its prices, and the log says what changed', async () => {
    const prices = [{ currency: 'XTR', amount: 700 }]
    const next = await saves({ name: 'Better plan', prices })
    expect(await stored()).toMatchObject({ name: 'Better plan', prices, version: next.version })
    expect((await audit()).at(-1)).toMatchObject({
      action: 'edit_plan',
      details: { name: 'Plan → Better plan', prices: 'XTR 500 → XTR 700' },
    })
  })

  it('keeps all of its prices when the form changes something else', async () => {
    const prices = ['EUR', 'USD', 'XTR'].map((currency) => ({ currency, amount: 700 }))
    const next = await saves({ durationDays: 60, kind: 'one_off', goods: 'physical' })
    await db().planPrice.createMany({
      data: prices.slice(0, 2).map((price) => ({ ...price, planCode: draft.code })),
    })
    const held = await stored()
    expect(held?.prices).toHaveLength(3)
    const read = held && readForm({ ...toForm(held), name: 'Renamed' })
    if (!read || !('draft' in read)) throw new Error('the form does not read what it shows')
    // No rail of this shop takes money, which a plan for the real world may be priced in all the same.
    await savePlan(owner, { draft: read.draft, version: next.version })
    expect(await stored()).toMatchObject({ name: 'Renamed', prices: held.prices })
  })

  it('keeps the first edit when a second editor saves an older version', async () => {
    await saves({ name: 'First' })
    await expect(saves({ name: 'Second' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await stored()).toMatchObject({ name: 'First' })
  })

  it('lets one of 20 concurrent saves win and tells the others', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => saves({ name: `Editor ${n}` })),
    )
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' })
    }
    expect(await audit()).toHaveLength(2)
  })

  it('never changes its code', async () => {
    await expect(saves({ code: 'another_code' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await stored()).toMatchObject(draft)
  })

  it('is not saved against the rules of Telegram', async () => {
    for (const changed of [
      { durationDays: 365 },
      { prices: [{ currency: 'XTR', amount: 10_001 }] },
      { prices: [{ currency: 'XTR', amount: -1 }] },
      { name: '' },
    ]) {
      await expect(saves(changed)).rejects.toMatchObject({ code: 'invalid_request' })
    }
    expect(await stored()).toMatchObject({ version })
  })

  it('keeps family and tier while it can be paid and after it was sold', async () => {
    const payload = await invoiceOf(ann)
    await expect(saves({ tier: 2 })).rejects.toMatchObject({ code: 'conflict' })
    await db().invoice.updateMany({ where: { payload }, data: { expiresAt: start } })
    const next = await saves({ tier: 2 })
    expect(await pays(payload, 0)).toBe('completed')
    const again = savePlan(owner, { draft: { ...draft, tier: 3 }, version: next.version })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    expect(await stored()).toMatchObject({ tier: 2 })
  })

  it('refuses open invoices before payment once its price has changed', async () => {
    const payload = await invoiceOf(ann)
    expect((await stored())?.use).toMatchObject({ openInvoices: 1 })
    expect(await asks(payload)).toBe('ok')
    await saves({ prices: [{ currency: 'XTR', amount: 600 }] })
    expect(await asks(payload)).toBe('price_changed')
  })

  it('goes on renewing for its subscribers after it is retired, and is sold to nobody', async () => {
    const payload = await invoiceOf(ann)
    expect(await pays(payload, 0)).toBe('completed')
    const other = await invoiceOf(makePerson())
    await retirePlan(owner, draft.code, 'too cheap')
    expect((await stored())?.use).toMatchObject({ entitlements: 1, subscriptions: 1 })
    const question = { id: newId(), currency: 'XTR', amount: 500, payload: other }
    const { user } = await db().invoice.findUniqueOrThrow({
      where: { payload: other },
      include: { user: true },
    })
    const payer = makePerson({ telegramUserId: Number(user.telegramUserId) })
    expect(await answerQuestion(telegram, { ...question, payer })).toBe('plan_unavailable')
    expect(await pays(payload, 1)).toBe('completed')
    expect((await listEntitlements(ann, ann.telegramUserId)).entitlements).toMatchObject([
      { active: true, renews: true, expires_at: addDays(start, 60).toISOString() },
    ])
    await expect(retirePlan(owner, draft.code, 'again')).rejects.toMatchObject({ code: 'conflict' })
    await putBackOnSale(owner, draft.code, 'a mistake')
    expect(await answerQuestion(telegram, { ...question, payer })).toBe('ok')
  })

  it('is counted no further than it is looked at, and says so', async () => {
    const people = Array.from({ length: 3 }, () => makePerson())
    for (const [at, person] of people.entries()) {
      const user = await ensureUser(person, start)
      const expiresAt = at === 0 ? null : addDays(start, at)
      const held = { planCode: draft.code, startsAt: start, expiresAt, source: 'grant' }
      await db().entitlement.create({ data: { id: newId(), userId: user.id, ...held } })
      await invoiceOf(person)
    }
    const used = async (most: number) =>
      (await loadUse(start, 24, draft.code, most)).get(draft.code)
    expect(await used(3)).toMatchObject({
      entitlements: 3,
      heldIsCut: false,
      openInvoices: 3,
      offeredIsCut: false,
    })
    const cut = await used(2)
    expect(cut).toMatchObject({ heldIsCut: true, offeredIsCut: true })
    expect(cut && planWords.count(cut.entitlements, cut.heldIsCut)).toBe('at least 3')
  })

  it('moves one place up and back, and no further than the end', async () => {
    const codes = async () => (await listPlansInUse(owner)).map((plan) => plan.code)
    const before = await codes()
    await movePlan(owner, draft.code, 'up')
    expect((await codes()).indexOf(draft.code)).toBe(before.length - 2)
    await movePlan(owner, draft.code, 'down')
    await movePlan(owner, draft.code, 'down')
    expect(await codes()).toEqual(before)
    await saves({ name: 'Still my version' })
  })

  it.each(['support', 'viewer'] as const)('cannot be changed by %s', async (role) => {
    const actor = admin(role)
    const tries = [
      () => savePlan(actor, { draft: { ...draft, name: 'Mine' }, version }),
      () => savePlan(actor, { draft: { ...draft, code: 'mine' }, version: null }),
      () => movePlan(actor, draft.code, 'up'),
      async () => retirePlan(actor, draft.code, 'why not'),
      async () => putBackOnSale(actor, draft.code, 'why not'),
    ]
    for (const attempt of tries)
      await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await stored()).toMatchObject({ name: 'Plan', onSale: true, version })
  })
})
