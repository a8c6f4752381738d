import type pg from 'pg'
import { z } from 'zod'
import type { FoldCharge } from '@/lib/domain/entitlements/fold'
import { modelEntitlements } from './entitlement-model'

/** What Telegram says happened, by charge id. */
export type Told = {
  charges: Map<string, { telegramUserId: number; amount: number }>
  refunds: Set<string>
}

type Options = {
  /** A worker does the jobs, so that those done are gone. */
  workerRuns: boolean
}

/** What holds of the books at every moment: name → rows that violate it. Listed in docs/reliability.md. */
export const invariants = {
  'a charge id stands in one event': `
    select charge_id from payment_events where charge_id is not null
    group by provider, charge_id having count(*) > 1`,
  'money has a charge id and a date, a question has neither': `
    select id from payment_events
    where (charge_id is null) <> (charged_at is null)
      or (charge_id is null) <> (status in ('pending', 'failed'))`,
  'every charge belongs to its payer': `
    select e.id from payment_events e left join users u on u.id = e.user_id
    where e.charge_id is not null and u.telegram_user_id is distinct from e.telegram_user_id`,
  'a completed charge names the entitlement of its payer and plan, and when it was given': `
    select c.id from payment_events c left join entitlements e on e.id = c.entitlement_id
    where c.status = 'completed' and (e.user_id is distinct from c.user_id
      or e.plan_code is distinct from c.plan_code or c.entitlement_activated_at is null)`,
  'a charge in review or refunded says since when or why': `
    select id from payment_events
    where (status = 'review' and reason is null) or (status = 'refunded' and refunded_at is null)`,
  'money in review is a second subscription or a second plan for life, and nothing else': `
    select c.id from payment_events c join plans p on p.code = c.plan_code
    where c.status = 'review' and (c.reason <> 'adds_nothing' or not exists (
      select from payment_events o join plans q on q.code = o.plan_code
      where o.user_id = c.user_id and o.id <> c.id and o.status <> 'failed' and q.family = p.family
        and case when c.is_recurring then o.is_recurring and o.plan_code = c.plan_code
          else q.duration_days is null and q.tier >= p.tier end))
    union all
    select id from payment_events where status = 'review' and plan_code is null`,
  'a person has one entitlement of a plan': `
    select user_id from entitlements group by user_id, plan_code having count(*) > 1`,
  'what is held has an unrefunded charge or a grant of its family behind it': `
    select e.id from entitlements e join plans p on p.code = e.plan_code
    where e.revoked_at is null
      and not exists (select from payment_events c where c.user_id = e.user_id
        and c.plan_code = e.plan_code and c.status = 'completed')
      and not exists (select from grants g where g.user_id = e.user_id
        and g.plan_code = e.plan_code and g.revoked_at is null)`,
  'a completed charge has an invoice, and it is paid': `
    select c.id from payment_events c left join invoices i on i.id = c.invoice_id
    where c.status = 'completed' and i.status is distinct from 'paid'`,
  'a paid invoice has a charge that completed on it, refunded since or not': `
    select i.id from invoices i where i.status = 'paid' and not exists (
      select from payment_events c where c.invoice_id = i.id
        and c.status in ('completed', 'refunded'))`,
  'an invoice is paid by its owner, for its plan, at its price': `
    select c.id from payment_events c join invoices i on i.id = c.invoice_id
    where c.status = 'completed' and (i.user_id <> c.user_id or i.plan_code <> c.plan_code
      or i.amount <> c.amount or i.currency <> c.currency)`,
  'a payload is one subscription at most': `
    select user_id from subscriptions group by user_id, invoice_payload having count(*) > 1`,
  'a completed recurring charge has its subscription': `
    select c.id from payment_events c where c.status = 'completed' and c.is_recurring
      and not exists (select from subscriptions s where s.user_id = c.user_id
        and s.invoice_payload = c.invoice_payload and s.plan_code = c.plan_code)`,
  "the view shows the table's Telegram part, row by row": `
    select coalesce(t.id, v.id) from
      (select * from payment_events where provider in ('stars', 'telegram')) t
      full join telegram_payment_events v on v.id = t.id
    where v.amount_cents is distinct from t.amount or v.status is distinct from t.status
      or v.telegram_payment_charge_id is distinct from t.charge_id`,
  "the mirror has each row of Telegram's list once, in its place": `
    select position from star_transactions group by position having count(*) > 1`,
  'a charge told by an update keeps that update': `
    select c.id from payment_events c where c.charge_id is not null and c.told_by = 'update'
      and c.status <> 'refunded' and not exists (
        select from telegram_updates u where u.charge_id = c.charge_id)`,
  'no job was given up': `
    select id from graphile_worker.jobs where attempts >= max_attempts`,
} as const satisfies Record<string, string>

/** While nobody does the jobs, each charge and each refund has exactly the one that tells of it. */
const waitingJobs = {
  'every charge has its message waiting': `
    select c.id from payment_events c where c.status in ('completed', 'review')
      and 1 <> (select count(*) from graphile_worker.jobs j where j.key = 'tell_buyer:' || c.id)`,
  'every refund of a known charge has its message waiting': `
    select c.id from payment_events c where c.status = 'refunded'
      and c.reason is distinct from 'refund_first'
      and 1 <> (select count(*) from graphile_worker.jobs j where j.key = 'tell_refund:' || c.id)`,
} as const satisfies Record<string, string>

/** Every invariant that does not hold now, with an example. Nothing may be under way. */
export async function violations(db: pg.Pool, told: Told, options: Options): Promise<string[]> {
  const found: string[] = []
  const checks = { ...invariants, ...(options.workerRuns ? {} : waitingJobs) }
  for (const [name, sql] of Object.entries(checks)) {
    const { rows } = await db.query<Record<string, unknown>>(sql)
    if (rows.length > 0) found.push(`${name}: ${rows.length} do not (${JSON.stringify(rows[0])})`)
  }
  found.push(...(await compareWithTold(db, told)), ...(await compareWithModel(db)))
  return found
}

const event = z.object({
  charge_id: z.string(),
  telegram_user_id: z.coerce.number(),
  amount: z.coerce.number(),
  status: z.string(),
})

/** Nothing missing, nothing made up, the same sums, and refunded is what was refunded. */
async function compareWithTold(db: pg.Pool, told: Told): Promise<string[]> {
  const { rows } = await db.query(
    'select charge_id, telegram_user_id, amount, status from payment_events where charge_id is not null',
  )
  const events = new Map(
    z
      .array(event)
      .parse(rows)
      .map((row) => [row.charge_id, row]),
  )
  const found: string[] = []
  const isWrong = (name: string, ids: string[]) => {
    if (ids.length > 0) found.push(`${name}: ${ids.length} do not (${ids[0]})`)
  }
  const all = new Set([...told.charges.keys(), ...told.refunds])
  isWrong(
    'every charge that was told is booked',
    [...all].filter((id) => !events.has(id)),
  )
  isWrong(
    'every booked charge was told',
    [...events.keys()].filter((id) => !all.has(id)),
  )
  isWrong(
    'refunded in the books is what was refunded',
    [...events.values()]
      .filter((one) => (one.status === 'refunded') !== told.refunds.has(one.charge_id))
      .map((one) => one.charge_id),
  )
  isWrong(
    'a charge has the payer and the amount that were told',
    [...told.charges].flatMap(([id, charge]) => {
      const booked = events.get(id)
      const isSame =
        booked?.telegram_user_id === charge.telegramUserId && booked.amount === charge.amount
      return !booked || isSame ? [] : [id]
    }),
  )
  return found
}

const date = z.coerce.date()
const charge = z.object({
  userId: z.string(),
  family: z.string(),
  chargeId: z.string(),
  chargedAt: date,
  planCode: z.string(),
  tier: z.number(),
  kind: z.enum(['one_off', 'subscription']),
  days: z.number().nullable(),
  subscriptionExpiresAt: date.nullable(),
  renews: z.boolean(),
  source: z.enum(['stars', 'telegram', 'stripe', 'grant']),
})
const held = z.object({
  userId: z.string(),
  family: z.string(),
  planCode: z.string(),
  startsAt: date,
  expiresAt: date.nullable(),
  renews: z.boolean(),
  source: z.string(),
})

const chargesAndGrants = `
  select c.user_id as "userId", p.family, c.charge_id as "chargeId", c.charged_at as "chargedAt",
    c.plan_code as "planCode", p.tier, c.plan_kind as kind, c.plan_days as days,
    c.subscription_expires_at as "subscriptionExpiresAt", c.provider as source,
    c.plan_kind = 'subscription' and coalesce(s.state <> 'canceled' and s.stopped_at is null, true)
      as renews
  from payment_events c join plans p on p.code = c.plan_code
    left join subscriptions s on s.user_id = c.user_id and s.invoice_payload = c.invoice_payload
  where c.status = 'completed'
  union all
  select g.user_id, p.family, g.id::text, g.granted_at, g.plan_code, p.tier, 'one_off', g.days, null,
    'grant', false
  from grants g join plans p on p.code = g.plan_code where g.revoked_at is null`

const entitlements = `
  select e.user_id as "userId", p.family, e.plan_code as "planCode", e.starts_at as "startsAt",
    e.expires_at as "expiresAt", e.renews, e.source
  from entitlements e join plans p on p.code = e.plan_code where e.revoked_at is null`

/** What people hold is what the model makes of their unrefunded charges and grants. */
async function compareWithModel(db: pg.Pool): Promise<string[]> {
  const charges = z.array(charge).parse((await db.query(chargesAndGrants)).rows)
  const rows = z.array(held).parse((await db.query(entitlements)).rows)
  const keyOf = (one: { userId: string; family: string }) => `${one.userId} ${one.family}`
  const expected = new Map<string, FoldCharge[]>()
  for (const one of charges) expected.set(keyOf(one), [...(expected.get(keyOf(one)) ?? []), one])
  const actual = new Map<string, unknown[]>()
  for (const row of rows.toSorted((a, b) => (a.planCode < b.planCode ? -1 : 1))) {
    const { userId: _, family: __, ...entitlement } = row
    actual.set(keyOf(row), [...(actual.get(keyOf(row)) ?? []), sortedJson(entitlement)])
  }
  const wrong = [...new Set([...expected.keys(), ...actual.keys()])].filter((key) => {
    const model = modelEntitlements(expected.get(key) ?? []).map(sortedJson)
    return JSON.stringify(model) !== JSON.stringify(actual.get(key) ?? [])
  })
  if (wrong.length === 0) return []
  const [key = ''] = wrong
  const example = {
    charges: expected.get(key),
    model: modelEntitlements(expected.get(key) ?? []),
    rows: actual.get(key) ?? [],
  }
  return [
    `what people hold is the fold of their charges: ${wrong.length} do not (${JSON.stringify(example)})`,
  ]
}

function sortedJson(value: object): string {
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
