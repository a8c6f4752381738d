import type { FoldedEntitlement } from '@/lib/domain/entitlements/fold'
import { newId } from '@/lib/kit/ids'
import type { Tx } from '@/lib/platform/transaction'
import { Prisma } from '@/prisma/generated/client'
import type { Charge } from './charge'
import { type FactsCharge, factsCharges } from './facts'
import type { Sharpening } from './rules'

/**
 * Takes the person's row, which orders all changes of their money: the fast path compares its
 * version, so bumping it here makes a charge that was judged meanwhile start over.
 */
export async function lockPerson(tx: Tx, telegramUserId: number, now: Date): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into users (id, telegram_user_id, money_version, created_at, updated_at)
    values (${newId(now)}::uuid, ${telegramUserId}, 1, ${now}, ${now})
    on conflict (telegram_user_id) do update set money_version = users.money_version + 1
    returning id`
  const [row] = rows
  if (!row) throw new Error('the person could not be locked')
  return row.id
}

/** A person's unrefunded charges in a family, as the fold takes them. */
export const chargesJson = (userId: Prisma.Sql, family: Prisma.Sql) => Prisma.sql`(
  select coalesce(json_agg(json_build_object('chargeId', c.charge_id, 'chargedAt', c.charged_at,
    'planCode', c.plan_code, 'tier', paid.tier, 'kind', c.plan_kind, 'days', c.plan_days,
    'subscriptionExpiresAt', c.subscription_expires_at, 'source', c.provider,
    'payload', c.invoice_payload, 'renews', coalesce((select s.state <> 'canceled'
      and s.stopped_at is null from subscriptions s
      where s.user_id = c.user_id and s.invoice_payload = c.invoice_payload),
      c.plan_kind = 'subscription'))), '[]')
  from payment_events c join plans paid on paid.code = c.plan_code
  where c.user_id = ${userId} and c.status = 'completed' and paid.family = ${family})`

/** A person's grants in a family, in the shape of charges: time given by hand joins the fold. */
export const grantsAsCharges = (userId: Prisma.Sql, family: Prisma.Sql) => Prisma.sql`(
  select coalesce(json_agg(json_build_object('chargeId', g.id, 'chargedAt', g.granted_at,
    'planCode', g.plan_code, 'tier', given.tier, 'kind', 'one_off', 'days', g.days,
    'subscriptionExpiresAt', null, 'source', 'grant', 'payload', '', 'renews', false)), '[]')
  from grants g join plans given on given.code = g.plan_code
  where g.user_id = ${userId} and g.revoked_at is null and given.family = ${family})`

/** The person's unrefunded charges and grants in a family. */
export async function loadFamilyCharges(
  tx: Tx,
  userId: string,
  family: string,
): Promise<FactsCharge[]> {
  const of = [Prisma.sql`${userId}::uuid`, Prisma.sql`${family}`] as const
  const rows = await tx.$queryRaw<{ charges: unknown; grants: unknown }[]>`
    select ${chargesJson(...of)} as charges, ${grantsAsCharges(...of)} as grants`
  return [...factsCharges.parse(rows[0]?.charges), ...factsCharges.parse(rows[0]?.grants)]
}

/** Every family in which a person has or had something. */
export async function listFamilies(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ family: string }[]>`
    select distinct p.family from plans p where p.code in (
      select plan_code from payment_events where user_id = ${userId}::uuid and charge_id is not null
      union select plan_code from grants where user_id = ${userId}::uuid
      union select plan_code from entitlements where user_id = ${userId}::uuid)`
  return rows.map((row) => row.family)
}

/** Makes the person's entitlements in a family exactly what the fold says. */
export async function writeEntitlements(
  tx: Tx,
  of: { userId: string; family: string },
  folded: FoldedEntitlement[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into entitlements (id, user_id, plan_code, starts_at, expires_at, renews, source,
      created_at, updated_at)
    select e.id, ${of.userId}::uuid, e."planCode", e."startsAt", e."expiresAt", e.renews, e.source,
      ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(folded.map((one) => ({ ...one, id: newId(now) })))}::jsonb)
      as e(id uuid, "planCode" text, "startsAt" timestamptz, "expiresAt" timestamptz,
        renews boolean, source text)
    on conflict (user_id, plan_code) do update set starts_at = excluded.starts_at,
      expires_at = excluded.expires_at, renews = excluded.renews, source = excluded.source,
      revoked_at = null, updated_at = excluded.updated_at`
  await tx.entitlement.updateMany({
    where: {
      userId: of.userId,
      plan: { family: of.family },
      planCode: { notIn: folded.map((one) => one.planCode) },
      revokedAt: null,
    },
    data: { revokedAt: now, renews: false },
  })
}

/** What a second telling said more exactly. */
export async function setSharpened(
  tx: Tx,
  id: string,
  sharper: Sharpening & { orderInfo: Charge['orderInfo'] },
  now: Date,
): Promise<void> {
  const isUpdate = sharper.toldBy === 'update'
  // Two tellings may sharpen at once: the earliest date stays, and what an update said is kept.
  await tx.$executeRaw`
    update payment_events set charged_at = least(charged_at, ${sharper.chargedAt}::timestamptz),
      provider_payment_charge_id = coalesce(${sharper.providerChargeId}::text,
        provider_payment_charge_id),
      is_recurring = case when ${isUpdate} then ${sharper.isRecurring} else is_recurring end,
      is_first_recurring = case when ${isUpdate} then ${sharper.isFirstRecurring}
        else is_first_recurring end,
      subscription_expires_at = case when ${isUpdate}
        then ${sharper.subscriptionExpiresAt}::timestamptz else subscription_expires_at end,
      told_by = case when ${isUpdate} then 'update' else told_by end, updated_at = ${now},
      order_info = coalesce(order_info,
        ${sharper.orderInfo ? JSON.stringify(sharper.orderInfo) : null}::jsonb)
    where id = ${id}::uuid`
}

/** The charge by which Telegram knows a subscription, once an update told which it is. */
export async function setFirstCharge(
  tx: Tx,
  of: { userId: string; payload: string },
  chargeId: string,
  now: Date,
): Promise<void> {
  await tx.subscription.updateMany({
    where: { userId: of.userId, invoicePayload: of.payload },
    data: { firstChargeId: chargeId, updatedAt: now },
  })
}

/** The charge of this id, whatever became of it; locked until the transaction ends. */
export async function findCharge(tx: Tx, provider: string, chargeId: string) {
  await tx.$queryRaw`select from payment_events
    where provider = ${provider} and charge_id = ${chargeId} for update`
  return tx.paymentEvent.findUnique({
    where: { provider_chargeId: { provider, chargeId } },
    select: {
      id: true,
      chargeId: true,
      invoiceId: true,
      userId: true,
      telegramUserId: true,
      status: true,
      amount: true,
      currency: true,
      invoicePayload: true,
      isRecurring: true,
      plan: { select: { code: true, family: true } },
    },
  })
}

export async function setRefunded(tx: Tx, id: string, refundedAt: Date, now: Date): Promise<void> {
  await tx.paymentEvent.update({
    where: { id },
    data: { status: 'refunded', refundedAt, updatedAt: now },
    select: { id: true },
  })
}

/** The money is ours again; a charge of which we never knew the sale waits for a person. */
export async function setReinstated(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update payment_events set refunded_at = null, updated_at = ${now},
      status = case when plan_kind is null then 'review' else 'completed' end
    where id = ${id}::uuid`
}

/** A refund whose charge we never saw: when the charge is told later it is known, and grants nothing. */
export async function insertRefunded(
  tx: Tx,
  charge: {
    userId: string
    telegramUserId: number
    provider: string
    chargeId: string
    providerChargeId: string | null
    payload: string
    amount: number
    currency: string
    planCode: string | null
    refundedAt: Date
  },
  now: Date,
): Promise<string> {
  const id = newId(now)
  const isKnownPlan =
    charge.planCode !== null &&
    (await tx.plan.findUnique({ where: { code: charge.planCode }, select: { code: true } })) !==
      null
  await tx.paymentEvent.create({
    data: {
      id,
      provider: charge.provider,
      userId: charge.userId,
      telegramUserId: charge.telegramUserId,
      chargeId: charge.chargeId,
      providerPaymentChargeId: charge.providerChargeId,
      invoicePayload: charge.payload,
      amount: charge.amount,
      currency: charge.currency,
      planCode: isKnownPlan ? charge.planCode : null,
      status: 'refunded',
      reason: 'refund_first',
      toldBy: 'refund',
      chargedAt: charge.refundedAt,
      refundedAt: charge.refundedAt,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true },
  })
  return id
}
