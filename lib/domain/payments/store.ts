import pg from 'pg'
import type { FoldedEntitlement } from '@/lib/domain/entitlements/fold'
import { newId } from '@/lib/kit/ids'
import { stars } from '@/lib/kit/money'
import { db } from '@/lib/platform/db'
import { type JobSpec, jobAttemptsMax } from '@/lib/platform/jobs'
import { runStatement } from '@/lib/platform/statement'
import { Prisma } from '@/prisma/generated/client'
import type { Charge, Question, RawUpdate } from './charge'
import { type ChargeFacts, chargeFacts, type QuestionFacts, questionFacts } from './facts'
import { outlivedBefore } from './outlived'
import type { SubscriptionChange } from './rules'
import { type PaymentDto, paymentDto } from './schema'
import { chargesJson, grantsAsCharges } from './store-ledger'

/*
 * A decision's facts hang on four rows found by unique keys, none of which need be there: `i` the
 * invoice that the payload names, `o` its owner, `u` the payer, `p` the plan (the invoice's; without
 * a row, the one the payload names). Every list is then read by one of their ids, so the plan of the
 * statement stays right however the tables have grown since it was made.
 */
const knownRows = (
  payload: { invoiceId: string; planCode: string } | null,
  telegramUserId: number,
) => Prisma.sql`(select) one
  left join invoices i on i.id = ${payload?.invoiceId ?? null}::uuid
  left join users o on o.id = i.user_id
  left join users u on u.telegram_user_id = ${telegramUserId}
  left join plans p on p.code = coalesce(i.plan_code, ${payload?.planCode ?? null}::text)`

const invoiceJson = Prisma.sql`case when i.id is not null then json_build_object('id', i.id,
  'telegramUserId', o.telegram_user_id, 'planCode', i.plan_code, 'currency', i.currency,
  'amount', i.amount, 'days', i.days, 'payload', i.payload, 'status', i.status,
  'expiresAt', i.expires_at) end`

const planJson = (currency: string) => Prisma.sql`case when p.code is not null then
  json_build_object('code', p.code, 'family', p.family, 'tier', p.tier, 'kind', p.kind,
    'durationDays', p.duration_days, 'onSale', p.on_sale,
    'price', (select amount from plan_prices where plan_code = p.code and currency = ${currency})) end`

const entitlementsJson = Prisma.sql`(
  select coalesce(json_agg(json_build_object('id', e.id, 'planCode', e.plan_code,
    'family', held.family, 'tier', held.tier, 'startsAt', e.starts_at, 'expiresAt', e.expires_at,
    'renews', e.renews, 'revokedAt', e.revoked_at)), '[]')
  from entitlements e join plans held on held.code = e.plan_code
  where e.user_id = u.id and held.family = p.family)`

const factsRow = (rows: { facts: unknown }[]) => rows[0]?.facts

/** Everything a pre-checkout decision needs, in one statement. */
export async function loadQuestionFacts(
  question: Question,
  payload: { invoiceId: string; planCode: string } | null,
): Promise<QuestionFacts> {
  const sql = Prisma.sql`select json_build_object(
    'isBanned', u.banned_at is not null,
    'invoice', ${invoiceJson},
    'plan', ${planJson(question.currency)},
    'subscription', (select json_build_object('endsAt', max(c.subscription_expires_at),
        'renews', bool_and(s.state <> 'canceled' and s.stopped_at is null))
      from subscriptions s
        join payment_events c on c.invoice_payload = s.invoice_payload and c.user_id = s.user_id
      where s.user_id = u.id and s.invoice_payload = ${question.payload}
        and c.status = 'completed' having max(c.subscription_expires_at) is not null),
    'entitlements', ${entitlementsJson}) as facts
    from ${knownRows(payload, question.payer.telegramUserId)}`
  return questionFacts.parse(factsRow(await runStatement('load_question', sql)))
}

/** Everything a decision about a charge needs, in one statement. */
export async function loadChargeFacts(
  charge: Charge,
  payload: { invoiceId: string; planCode: string } | null,
  updateId: number | null,
  now: Date,
): Promise<ChargeFacts> {
  const payer = charge.payer.telegramUserId
  const sql = Prisma.sql`select json_build_object(
    'known', (select json_build_object('id', k.id, 'status', k.status, 'toldBy', k.told_by,
        'isSameUpdate', exists (select from telegram_updates r
          where r.charge_id = k.charge_id and r.update_id = ${updateId}::bigint),
        'providerChargeId', k.provider_payment_charge_id, 'isRecurring', k.is_recurring,
        'isFirstRecurring', k.is_first_recurring,
        'subscriptionExpiresAt', k.subscription_expires_at, 'chargedAt', k.charged_at)
      from payment_events k
      where k.provider = ${charge.provider} and k.charge_id = ${charge.chargeId}),
    'payer', case when u.id is not null
      then json_build_object('id', u.id, 'version', u.money_version) end,
    'invoice', ${invoiceJson},
    'plan', ${planJson(charge.currency)},
    'charges', ${chargesJson(Prisma.sql`u.id`, Prisma.sql`p.family`)},
    'grants', ${grantsAsCharges(Prisma.sql`u.id`, Prisma.sql`p.family`)},
    'entitlements', ${entitlementsJson},
    'addedNothing', exists (select from payment_events
      where invoice_payload = ${charge.payload} and telegram_user_id = ${payer}
        and status = 'review' and reason = 'adds_nothing'),
    'hasOpenCheckout', exists (select from invoices x
      where x.user_id = u.id and x.method = 'stripe' and x.status = 'open'
        and x.expires_at > ${now}),
    'subscription', (select json_build_object('state', s.state, 'stateUpdateId', s.state_update_id,
        'isStopped', s.stopped_at is not null, 'firstChargeId', s.first_charge_id,
        'isOutlived', coalesce(s.state_at < ${outlivedBefore(now)}
          and s.state_at < ${charge.chargedAt}, false))
      from subscriptions s where s.user_id = u.id and s.invoice_payload = ${charge.payload}),
    'questionId', (select id from payment_events
      where invoice_payload = ${charge.payload} and telegram_user_id = ${payer}
        and charge_id is null and (status = 'pending' or reason = 'not_charged')
      order by created_at desc limit 1)) as facts
    from ${knownRows(payload, payer)}`
  return chargeFacts.parse(factsRow(await runStatement('load_charge', sql)))
}

/** A decision about a charge, ready to be written. */
export type ChargeChange = {
  charge: Charge
  eventId: string
  /** The payer's row as it was loaded; null when there was none. */
  payer: { id: string; version: number } | null
  status: 'completed' | 'review'
  reason: string | null
  sold: { planCode: string | null; kind: string | null; days: number | null }
  invoice:
    | { action: 'settle'; id: string; status: 'paid' | 'review' }
    | { action: 'make'; id: string; expiresAt: Date }
    | { action: 'none' }
  entitlements: (FoldedEntitlement & { id: string })[]
  /** Entitlements that the fold has no more, by id. */
  revokes: string[]
  subscription: SubscriptionChange | null
  /** The entitlement this charge paid for. */
  entitlementId: string | null
  jobs: JobSpec[]
  raw: RawUpdate | null
}

/**
 * Writes everything a charge means in one statement: the event, the entitlements, the invoice, the
 * jobs and the raw update. It guards itself by the payer's version and the unique charge id.
 * Returns false when it lost a race and nothing was written.
 */
export async function applyCharge(change: ChargeChange, now: Date): Promise<boolean> {
  const { charge, sold, invoice, raw, subscription } = change
  const { payer } = charge
  const make = invoice.action === 'make' ? invoice : null
  const settle = invoice.action === 'settle' ? invoice : null
  const invoiceId = make?.id ?? settle?.id ?? null
  const isGranted = change.status === 'completed'
  // Lists and other rails know a name in part or not at all.
  const isProfile = charge.toldBy === 'update'
  const sql = Prisma.sql`
    with payer as (
      insert into users (id, telegram_user_id, first_name, last_name, username, language_code,
        money_version, created_at, updated_at)
      values (${change.payer?.id ?? newId(now)}::uuid, ${payer.telegramUserId}, ${payer.firstName},
        ${payer.lastName}, ${payer.username}, ${payer.languageCode}, 1, ${now}, ${now})
      on conflict (telegram_user_id) do update set money_version = users.money_version + 1,
        first_name = case when ${isProfile} then excluded.first_name else users.first_name end,
        last_name = case when ${isProfile} then excluded.last_name else users.last_name end,
        username = case when ${isProfile} then excluded.username else users.username end,
        updated_at = excluded.updated_at
      where users.money_version = ${change.payer?.version ?? null}::int
      returning id
    ), made as (
      insert into invoices (id, user_id, plan_code, method, currency, amount, days, payload, status,
        created_at, expires_at, settled_at)
      select ${make?.id ?? null}::uuid, payer.id, ${sold.planCode}, ${charge.provider},
        ${charge.currency}, ${charge.amount}, ${sold.days}::int, ${charge.payload}, 'paid', ${now},
        ${make?.expiresAt ?? null}::timestamptz, ${now}
      from payer where ${make !== null}
    ), settled as (
      update invoices set status = ${settle?.status ?? null}::text, settled_at = ${now}
      from payer where invoices.id = ${settle?.id ?? null}::uuid and invoices.status <> 'paid'
    ), granted as (
      insert into entitlements (id, user_id, plan_code, starts_at, expires_at, renews, source,
        created_at, updated_at)
      select e.id, payer.id, e."planCode", e."startsAt", e."expiresAt", e.renews, e.source,
        ${now}, ${now}
      from payer, jsonb_to_recordset(${JSON.stringify(change.entitlements)}::jsonb) as e(id uuid,
        "planCode" text, "startsAt" timestamptz, "expiresAt" timestamptz, renews boolean, source text)
      on conflict (user_id, plan_code) do update set starts_at = excluded.starts_at,
        expires_at = excluded.expires_at, renews = excluded.renews, source = excluded.source,
        revoked_at = null, updated_at = excluded.updated_at
    ), revoked as (
      update entitlements set revoked_at = ${now}, renews = false, updated_at = ${now}
      from payer where entitlements.id = any(${change.revokes}::uuid[])
    ), event as (
      insert into payment_events (id, provider, user_id, telegram_user_id, charge_id,
        provider_payment_charge_id, invoice_id, invoice_payload, amount, currency, plan_code,
        plan_kind, plan_days, status, reason, is_recurring, is_first_recurring,
        subscription_expires_at, charged_at, told_by, order_info, entitlement_id,
        entitlement_activated_at, created_at, updated_at)
      select ${change.eventId}::uuid, ${charge.provider}, payer.id, ${payer.telegramUserId},
        ${charge.chargeId}, ${charge.providerChargeId}, ${invoiceId}::uuid, ${charge.payload},
        ${charge.amount}, ${charge.currency}, ${sold.planCode}, ${sold.kind}, ${sold.days}::int,
        ${change.status}, ${change.reason}, ${charge.isRecurring}, ${charge.isFirstRecurring},
        ${charge.subscriptionExpiresAt}::timestamptz, ${charge.chargedAt}, ${charge.toldBy},
        ${charge.orderInfo ? JSON.stringify(charge.orderInfo) : null}::jsonb,
        ${change.entitlementId}::uuid, ${isGranted ? now : null}::timestamptz, ${now}, ${now}
      from payer
      on conflict (id) do update set user_id = excluded.user_id, charge_id = excluded.charge_id,
        provider_payment_charge_id = excluded.provider_payment_charge_id,
        invoice_id = excluded.invoice_id, amount = excluded.amount, currency = excluded.currency,
        plan_code = excluded.plan_code, plan_kind = excluded.plan_kind,
        plan_days = excluded.plan_days, status = excluded.status, reason = excluded.reason,
        is_recurring = excluded.is_recurring, is_first_recurring = excluded.is_first_recurring,
        subscription_expires_at = excluded.subscription_expires_at,
        charged_at = excluded.charged_at, told_by = excluded.told_by,
        order_info = excluded.order_info, entitlement_id = excluded.entitlement_id,
        entitlement_activated_at = excluded.entitlement_activated_at,
        updated_at = excluded.updated_at
      returning id
    ), kept as (
      insert into telegram_updates (id, update_id, kind, state, reason, body, charge_id, received_at)
      select ${newId(now)}::uuid, ${raw?.updateId ?? null}::bigint, ${raw?.kind ?? null}::text,
        ${isGranted ? 'handled' : 'review'}, ${change.reason}, ${rawJson(raw)}::jsonb,
        ${charge.chargeId}, ${now}
      from payer where ${raw !== null}
    ), subscribed as (
      insert into subscriptions (id, provider, user_id, plan_code, invoice_payload,
        first_charge_id, state, state_update_id, state_at, created_at, updated_at)
      select ${newId(now)}::uuid, ${charge.provider === 'stripe' ? 'stripe' : 'stars'}, payer.id,
        ${sold.planCode}, ${charge.payload},
        ${subscription?.firstChargeId ?? null}::text, ${subscription?.state ?? 'active'},
        ${subscription?.stateUpdateId ?? 0}::bigint, ${now}, ${now}, ${now}
      from payer where ${subscription !== null}
      on conflict (user_id, invoice_payload) do update set state = excluded.state,
        first_charge_id = excluded.first_charge_id, state_update_id = excluded.state_update_id,
        state_at = case when ${subscription?.isNews ?? false} then excluded.state_at
          else subscriptions.state_at end,
        updated_at = excluded.updated_at
    ), queued as (
      select job.id from payer, graphile_worker.add_jobs(array(select spec from
        json_populate_recordset(null::graphile_worker.job_spec, ${jobSpecs(change.jobs)}::json) spec)) job
    )
    select (select count(*) from event)::int as written, (select count(*) from queued)::int as jobs`
  try {
    const rows = await runStatement<{ written: number }>('apply_charge', sql)
    return rows[0]?.written === 1
  } catch (error) {
    // The same charge id or invoice was written meanwhile: the next load will see it.
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** As the queue's own type names the parts. One call adds all of them. */
const jobSpecs = (jobs: JobSpec[]) =>
  JSON.stringify(
    jobs.map(({ name, payload, key }) => ({
      identifier: name,
      payload,
      job_key: key,
      max_attempts: jobAttemptsMax,
    })),
  )

/** What the buyer filled in stands in its own column, where it can be forgotten sooner. */
function rawJson(raw: RawUpdate | null): string {
  return JSON.stringify(raw?.body ?? null, (key, value) =>
    key === 'order_info' ? undefined : value,
  )
}

/** By its SQL state. */
const isUniqueViolation = (error: unknown) =>
  error instanceof pg.DatabaseError && error.code === '23505'

/**
 * Keeps what was asked and answered. A repeated query, or one overtaken by its charge, adds none.
 * A question answered with yes is written behind the payer's version, as a charge is: of the two
 * the later one sees the other. Returns false when it lost a race and nothing was written.
 */
export async function insertQuestion(
  question: Question,
  asked: { invoiceId: string | null; planCode: string | null; reason: string | null },
  now: Date,
): Promise<boolean> {
  const { payer } = question
  const provider = question.currency === stars ? 'stars' : 'telegram'
  const mayBeCharged = asked.reason === null
  // The version is read as of the statement's start, and compared with the row as it is when its
  // lock is had: a charge that was committed in between is told by that.
  const sql = Prisma.sql`
    with known as (
      select id, money_version from users where telegram_user_id = ${payer.telegramUserId}
    ), moved as (
      update users set money_version = users.money_version + 1
      where telegram_user_id = ${payer.telegramUserId} and ${mayBeCharged}
        and users.money_version = (select money_version from known)
      returning id
    ), fresh as (
      select not ${mayBeCharged} or not exists (select from known) or exists (select from moved)
        as is_fresh
    ), asked as (
      insert into payment_events (id, provider, user_id, telegram_user_id, pre_checkout_query_id,
        invoice_id, invoice_payload, amount, currency, plan_code, status, reason, created_at,
        updated_at)
      select ${newId(now)}::uuid, ${provider}, (select id from known), ${payer.telegramUserId},
        ${question.id}, i.id, ${question.payload}, ${question.amount}, ${question.currency}, p.code,
        ${mayBeCharged ? 'pending' : 'failed'}, ${asked.reason}, ${now}, ${now}
      from fresh
        left join invoices i on i.id = ${asked.invoiceId}::uuid
        left join plans p on p.code = ${asked.planCode}::text
      where is_fresh and not exists (select from payment_events c
        where c.invoice_payload = ${question.payload}
          and c.telegram_user_id = ${payer.telegramUserId} and c.charge_id is not null
          and c.updated_at >= ${new Date(now.getTime() - 60_000)} and ${mayBeCharged})
      on conflict (pre_checkout_query_id) do nothing
    )
    select is_fresh as "isFresh" from fresh`
  const [row] = await runStatement<{ isFresh: boolean }>('insert_question', sql)
  return row?.isFresh === true
}

/** Questions that were answered with yes and never charged: what the clock says about them. */
export async function failUncharged(before: Date): Promise<number> {
  const { count } = await db().paymentEvent.updateMany({
    where: { status: 'pending', chargeId: null, createdAt: { lt: before } },
    data: { status: 'failed', reason: 'not_charged' },
  })
  return count
}

/** The person's charges, newest first. */
export async function loadPayments(telegramUserId: number, most: number): Promise<PaymentDto[]> {
  const rows = await db().paymentEvent.findMany({
    where: { user: { telegramUserId }, chargeId: { not: null } },
    select: {
      id: true,
      planCode: true,
      amount: true,
      currency: true,
      status: true,
      chargedAt: true,
    },
    orderBy: [{ chargedAt: 'desc' }, { id: 'desc' }],
    take: most,
  })
  return rows.map((row) =>
    paymentDto.parse({
      id: row.id,
      plan_code: row.planCode,
      amount: Number(row.amount),
      currency: row.currency,
      status: row.status,
      charged_at: row.chargedAt?.toISOString(),
    }),
  )
}

/** A charge with what a message about it needs. */
export async function loadPaymentForMessage(id: string) {
  return db().paymentEvent.findUnique({
    where: { id },
    select: {
      id: true,
      telegramUserId: true,
      amount: true,
      currency: true,
      status: true,
      reason: true,
      invoicePayload: true,
      chargeId: true,
      plan: { select: { name: true } },
      user: { select: { reachable: true, firstName: true, username: true } },
      entitlement: { select: { startsAt: true, expiresAt: true } },
    },
  })
}
