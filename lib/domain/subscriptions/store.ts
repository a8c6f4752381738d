import { outlivedBefore } from '@/lib/domain/payments/outlived'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import type { SubscriptionState } from './schema'

/** The plan that an invoice of this payload sold, with its family; null when there is none. */
export async function findSoldPlan(tx: Tx, payload: string, planCode: string | null) {
  const invoice = await tx.invoice.findUnique({
    where: { payload },
    select: { plan: { select: { code: true, family: true, name: true } } },
  })
  if (invoice || planCode === null) return invoice?.plan ?? null
  return tx.plan.findUnique({
    where: { code: planCode },
    select: { code: true, family: true, name: true },
  })
}

/** Takes over a reported state unless a newer update said otherwise, days ago at most. True when it did. */
export async function setReported(
  tx: Tx,
  of: { userId: string; planCode: string; payload: string },
  reported: { state: SubscriptionState; updateId: number },
  now: Date,
): Promise<boolean> {
  const written = await tx.$executeRaw`
    insert into subscriptions (id, user_id, plan_code, invoice_payload, state, state_update_id,
      state_at, created_at, updated_at)
    values (${newId(now)}::uuid, ${of.userId}::uuid, ${of.planCode}, ${of.payload},
      ${reported.state}, ${reported.updateId}::bigint, ${now}, ${now}, ${now})
    on conflict (user_id, invoice_payload) do update set state = excluded.state,
      state_update_id = excluded.state_update_id, state_at = excluded.state_at,
      updated_at = excluded.updated_at
    where subscriptions.state_update_id < excluded.state_update_id
      or subscriptions.state_at < ${outlivedBefore(now)}`
  return written === 1
}

/**
 * The person's subscriptions of a plan that run, with what the provider knows them by, the longest
 * first; one that ended before `graceBegan` is over, unless its card is still tried.
 */
export async function listRunning(telegramUserId: number, planCode: string, graceBegan: Date) {
  const rows = await db().subscription.findMany({
    where: { planCode, user: { telegramUserId } },
    select: {
      id: true,
      provider: true,
      planCode: true,
      invoicePayload: true,
      firstChargeId: true,
      state: true,
      stoppedAt: true,
      plan: { select: { family: true } },
    },
  })
  const running = await Promise.all(
    rows.map(async ({ firstChargeId, ...row }) => {
      const charges = await chargesOf(telegramUserId, row.invoicePayload)
      const ends = charges.map((one) => one.subscriptionExpiresAt?.getTime() ?? 0)
      const knownBy = firstChargeId ?? charges[0]?.chargeId
      return { ...row, endsAt: Math.max(0, ...ends), knownBy }
    }),
  )
  return (
    running
      .flatMap(({ knownBy, ...one }) => (knownBy ? [{ ...one, knownBy }] : []))
      // Stripe tries a card for weeks after our grace, and somebody must be able to stop that.
      .filter(
        (one) =>
          one.endsAt > graceBegan.getTime() ||
          (one.provider === 'stripe' && one.state === 'failed'),
      )
      .sort((a, b) => b.endsAt - a.endsAt)
  )
}

/**
 * The subscription of this payload, with the charge Telegram knows it by. One that never gave
 * anything, because its charges are in review or were refunded first, has no row yet (`id: null`)
 * and is renewed all the same.
 */
export async function findByPayload(telegramUserId: number, invoicePayload: string) {
  const row = await db().subscription.findFirst({
    where: { invoicePayload, user: { telegramUserId } },
    select: {
      id: true,
      provider: true,
      planCode: true,
      firstChargeId: true,
      state: true,
      stoppedAt: true,
      plan: { select: { family: true } },
    },
  })
  const first = await firstChargeOf(telegramUserId, invoicePayload)
  const paymentId = first?.id ?? null
  if (row) return { ...row, paymentId, firstChargeId: row.firstChargeId ?? first?.chargeId ?? null }
  // Stripe knows its subscriptions by ids of their own, which only a row tells.
  if (!first?.isRecurring || first.provider === 'stripe') return null
  const { chargeId, planCode, plan } = first
  const unknown = { id: null, provider: 'stars', state: 'active', stoppedAt: null }
  return { ...unknown, paymentId, planCode, firstChargeId: chargeId, plan }
}

/** Refunded or not: Telegram goes on knowing a subscription by its first charge. */
function firstChargeOf(telegramUserId: number, invoicePayload: string) {
  return db().paymentEvent.findFirst({
    where: { telegramUserId, invoicePayload, chargeId: { not: null } },
    select: {
      id: true,
      chargeId: true,
      provider: true,
      isRecurring: true,
      planCode: true,
      plan: { select: { family: true } },
    },
    orderBy: { chargedAt: 'asc' },
  })
}

/** Notes our cancel of a subscription that had no row. */
export async function insertStopped(
  tx: Tx,
  of: { userId: string; planCode: string; payload: string; firstChargeId: string },
  now: Date,
): Promise<void> {
  await tx.subscription.createMany({
    data: [
      {
        id: newId(now),
        userId: of.userId,
        planCode: of.planCode,
        invoicePayload: of.payload,
        firstChargeId: of.firstChargeId,
        state: 'canceled',
        stoppedAt: now,
        createdAt: now,
        updatedAt: now,
      },
    ],
    skipDuplicates: true,
  })
}

function chargesOf(telegramUserId: number, invoicePayload: string) {
  return db().paymentEvent.findMany({
    where: { telegramUserId, invoicePayload, status: 'completed', isRecurring: true },
    select: { chargeId: true, subscriptionExpiresAt: true },
    orderBy: { chargedAt: 'asc' },
  })
}

/** Our own cancel, or its lifting. A cancel also ends what was reported: Telegram says nothing of it. */
export async function setStopped(
  tx: Tx,
  id: string,
  stoppedAt: Date | null,
  now: Date,
): Promise<void> {
  await tx.subscription.update({
    where: { id },
    data: { stoppedAt, updatedAt: now, ...(stoppedAt ? { state: 'canceled' } : {}) },
    select: { id: true },
  })
}

/** What Stripe says of a subscription, as it stands now. True when it is news. */
export async function setStripeState(
  tx: Tx,
  of: { userId: string; planCode: string; payload: string; subscriptionId: string },
  state: SubscriptionState,
  now: Date,
): Promise<boolean> {
  const written = await tx.$executeRaw`
    insert into subscriptions (id, provider, user_id, plan_code, invoice_payload, first_charge_id,
      state, created_at, updated_at)
    values (${newId(now)}::uuid, 'stripe', ${of.userId}::uuid, ${of.planCode}, ${of.payload},
      ${of.subscriptionId}, ${state}, ${now}, ${now})
    on conflict (user_id, invoice_payload) do update set state = excluded.state,
      first_charge_id = excluded.first_charge_id, updated_at = excluded.updated_at
    where subscriptions.state <> excluded.state
      or subscriptions.first_charge_id is distinct from excluded.first_charge_id`
  return written === 1
}

/** A subscription whose renewal we switched at Stripe. */
export async function setState(
  tx: Tx,
  id: string,
  state: SubscriptionState,
  now: Date,
): Promise<void> {
  await tx.subscription.update({
    where: { id },
    data: { state, updatedAt: now },
    select: { id: true },
  })
}

/** Who was billed with this payload, and for which plan. */
export function findBilled(payload: string) {
  return db().invoice.findUnique({
    where: { payload },
    select: {
      user: { select: { telegramUserId: true } },
      plan: { select: { code: true, family: true } },
    },
  })
}
