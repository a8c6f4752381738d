import { z } from 'zod'
import { planKind } from '@/lib/domain/plans/schema'
import { reachable } from '@/lib/domain/users/schema'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { bulkJob, jobAttemptsMax } from '@/lib/platform/jobs'
import { Prisma } from '@/prisma/generated/client'
import type { Slot } from './rules'
import { reminderKind } from './schema'

/*
 * Who is to be told is found by the end of the plan, which is an index of `entitlements`. What was
 * told already is left out by the unique key of `reminders`.
 */

const date = z.coerce.date()

const held = z.object({
  planCode: z.string(),
  family: z.string(),
  tier: z.number(),
  kind: planKind,
  startsAt: date,
  expiresAt: date.nullable(),
  renews: z.boolean(),
  revokedAt: date.nullable(),
})

const candidate = z.object({
  id: z.string(),
  userId: z.string(),
  reachable,
  isGone: z.boolean(),
  held,
  others: z.array(held),
})
export type Candidate = z.infer<typeof candidate>

/** Where the next page begins. */
export type Cursor = { expiresAt: Date; id: string }

const heldJson = (entitlement: string, plan: string) =>
  Prisma.raw(`jsonb_build_object('planCode', ${plan}.code, 'family', ${plan}.family,
    'tier', ${plan}.tier, 'kind', ${plan}.kind, 'startsAt', ${entitlement}.starts_at,
    'expiresAt', ${entitlement}.expires_at, 'renews', ${entitlement}.renews,
    'revokedAt', ${entitlement}.revoked_at)`)

/** What else the person of `e` holds in the family of `p`. */
const othersJson = Prisma.sql`(
  select coalesce(jsonb_agg(${heldJson('o', 'op')}), '[]'::jsonb)
  from entitlements o join plans op on op.code = o.plan_code
  where o.user_id = e.user_id and o.plan_code <> e.plan_code and op.family = p.family)`

/** A page of the plans that end within the slot and were not told yet, in order of their end. */
export async function loadCandidates(
  slot: Slot,
  from: Cursor | null,
  most: number,
): Promise<Candidate[]> {
  const rows = await db().$queryRaw<{ row: unknown }[]>(candidatesSql(slot, from, most))
  return rows.map(({ row }) => candidate.parse(row))
}

/** The query of `loadCandidates`, apart so that its plan can be looked at. */
export function candidatesSql(slot: Slot, from: Cursor | null, most: number): Prisma.Sql {
  const after = from?.expiresAt ?? slot.after
  // A first page begins behind every row that ends at the very moment it begins after.
  const afterId = from?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  return Prisma.sql`
    select jsonb_build_object('id', e.id, 'userId', e.user_id, 'reachable', u.reachable,
      'isGone', u.banned_at is not null or u.deleted_at is not null,
      'held', ${heldJson('e', 'p')}, 'others', ${othersJson}) as row
    from entitlements e
      join plans p on p.code = e.plan_code
      join users u on u.id = e.user_id
    where e.expires_at >= ${after} and e.expires_at <= ${slot.upTo}
      and (e.expires_at, e.id) > (${after}, ${afterId}::uuid)
      and e.revoked_at is null
      and not exists (select from reminders r where r.user_id = e.user_id
        and r.plan_code = e.plan_code and r.kind = ${slot.kind}
        and r.days_before = ${slot.daysBefore}::int and r.ends_at = e.expires_at)
    order by e.expires_at, e.id
    limit ${most}::int`
}

export type NewReminder = { userId: string; planCode: string; endsAt: Date; isTold: boolean }

/**
 * Notes reminders and queues their messages in one statement, so that neither is there without the
 * other. What another worker noted meanwhile is left to it. Returns how many messages were queued.
 */
export async function writeReminders(
  slot: Pick<Slot, 'kind' | 'daysBefore'>,
  reminders: NewReminder[],
  now: Date,
): Promise<number> {
  const given = reminders.map((one) => ({ ...one, id: newId(now) }))
  const { queueName, priority } = bulkJob
  const rows = await db().$queryRaw<{ queued: number }[]>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id uuid,
        "userId" uuid, "planCode" text, "endsAt" timestamptz, "isTold" boolean)
    ), written as (
      insert into reminders (id, user_id, plan_code, kind, days_before, ends_at, created_at)
      select id, "userId", "planCode", ${slot.kind}, ${slot.daysBefore}::int, "endsAt", ${now}
      from given order by "userId", "planCode"
      on conflict do nothing
      returning id, user_id
    ), queued as (
      select graphile_worker.add_job('send_reminder',
        payload := json_build_object('reminderId', w.id), queue_name := ${queueName},
        job_key := 'send_reminder:' || w.id, max_attempts := ${jobAttemptsMax}::int,
        priority := ${priority}::int, run_at := now() + w.turn * interval '1 second')
      from (
        select written.id, row_number() over (partition by user_id order by written.id) - 1 as turn
        from written join given on given.id = written.id
        where given."isTold"
      ) w
    )
    select (select count(*) from queued)::int as queued, (select count(*) from written)::int`
  return rows[0]?.queued ?? 0
}

const noted = z.object({
  telegramUserId: z.number(),
  reachable,
  isGone: z.boolean(),
  kind: reminderKind,
  daysBefore: z.number(),
  endsAt: date,
  planName: z.string(),
  isOnSale: z.boolean(),
  held,
  others: z.array(held),
})

/** A noted reminder with how things stand now; null when it or its entitlement is gone. */
export async function loadReminder(id: string) {
  const rows = await db().$queryRaw<{ row: unknown }[]>`
    select jsonb_build_object('telegramUserId', u.telegram_user_id, 'reachable', u.reachable,
      'isGone', u.banned_at is not null or u.deleted_at is not null,
      'kind', r.kind, 'daysBefore', r.days_before, 'endsAt', r.ends_at, 'planName', p.name,
      'isOnSale', p.on_sale, 'held', ${heldJson('e', 'p')}, 'others', ${othersJson}) as row
    from reminders r
      join users u on u.id = r.user_id
      join plans p on p.code = r.plan_code
      join entitlements e on e.user_id = r.user_id and e.plan_code = r.plan_code
    where r.id = ${id}::uuid`
  return rows[0] ? noted.parse(rows[0].row) : null
}

/** How a plan's renewal stands; null when the person has neither a subscription nor the plan. */
export async function findFailedRenewal(telegramUserId: number, planCode: string) {
  const rows = await db().$queryRaw<
    {
      planName: string
      isFailed: boolean
      expiresAt: Date | null
      renews: boolean | null
      revokedAt: Date | null
    }[]
  >`
    select p.name as "planName", e.expires_at as "expiresAt", e.renews, e.revoked_at as "revokedAt",
      exists (select from subscriptions s where s.user_id = u.id and s.plan_code = p.code
        and s.state = 'failed') as "isFailed"
    from users u join plans p on p.code = ${planCode}
      left join entitlements e on e.user_id = u.id and e.plan_code = p.code
    where u.telegram_user_id = ${telegramUserId}::bigint`
  return rows[0] ?? null
}

/** Forgets one batch of reminders older than that. Their ids sort by time. */
export async function deleteReminders(before: Date, most: number): Promise<number> {
  const bound = `${newId(before).slice(0, 13)}-0000-0000-000000000000`
  return db().$executeRaw`
    delete from reminders where id in (
      select id from reminders where id < ${bound}::uuid order by id limit ${most}::int)`
}
