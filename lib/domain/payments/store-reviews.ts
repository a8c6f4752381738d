import { z } from 'zod'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import type { Charge } from './charge'
import { type ReviewDto, reviewDto } from './schema'

const json = z.record(z.string(), z.unknown()).nullable()

/** Charges that wait for a person, oldest first. */
export async function loadReviews(most: number): Promise<ReviewDto[]> {
  const rows = await db().paymentEvent.findMany({
    where: { status: 'review', settledAt: null },
    select: {
      id: true,
      telegramUserId: true,
      planCode: true,
      amount: true,
      currency: true,
      reason: true,
      chargedAt: true,
      user: { select: { firstName: true, username: true } },
    },
    orderBy: { createdAt: 'asc' },
    take: most,
  })
  return rows.map((row) =>
    reviewDto.parse({
      id: row.id,
      telegram_id: Number(row.telegramUserId),
      name: row.user?.firstName ?? '',
      username: row.user?.username ?? null,
      plan_code: row.planCode,
      amount: Number(row.amount),
      currency: row.currency,
      reason: row.reason,
      charged_at: row.chargedAt?.toISOString(),
    }),
  )
}

/** A charge in review as it was told, to be judged again; null when none waits under this id. */
export async function loadReviewed(paymentId: string): Promise<Charge | null> {
  const row = await db().paymentEvent.findFirst({
    where: { id: paymentId, status: 'review', settledAt: null },
    include: { user: true },
  })
  if (!row?.chargeId || !row.chargedAt || row.provider === 'stripe') return null
  return {
    provider: row.provider === 'stars' ? 'stars' : 'telegram',
    toldBy: row.toldBy === 'list' ? 'list' : 'update',
    chargeId: row.chargeId,
    providerChargeId: row.providerPaymentChargeId,
    payer: {
      telegramUserId: Number(row.telegramUserId),
      firstName: row.user?.firstName ?? '',
      lastName: row.user?.lastName ?? null,
      username: row.user?.username ?? null,
      languageCode: row.user?.languageCode ?? null,
    },
    currency: row.currency,
    amount: Number(row.amount),
    payload: row.invoicePayload,
    isRecurring: row.isRecurring,
    isFirstRecurring: row.isFirstRecurring,
    subscriptionExpiresAt: row.subscriptionExpiresAt,
    chargedAt: row.chargedAt,
    orderInfo: json.parse(row.orderInfo),
  }
}

/** Who paid; null when there is no such payment. */
export async function findPayer(tx: Tx, paymentId: string): Promise<number | null> {
  const row = await tx.paymentEvent.findUnique({
    where: { id: paymentId },
    select: { telegramUserId: true },
  })
  return row && Number(row.telegramUserId)
}

/** The charge in review, locked until the transaction ends; null when it was settled meanwhile. */
export async function findWaiting(tx: Tx, paymentId: string) {
  await tx.$queryRaw`select from payment_events where id = ${paymentId}::uuid for update`
  return tx.paymentEvent.findFirst({
    where: { id: paymentId, status: 'review', settledAt: null },
    select: {
      id: true,
      planCode: true,
      isRecurring: true,
      chargeId: true,
    },
  })
}

export function findPlanToGive(tx: Tx, code: string) {
  return tx.plan.findUnique({
    where: { code },
    select: { code: true, kind: true, durationDays: true, family: true },
  })
}

/** From now on the charge counts in the fold as this sale. */
export async function setHonoured(
  tx: Tx,
  paymentId: string,
  as: {
    userId: string
    planCode: string
    kind: 'one_off' | 'subscription'
    days: number | null
    by: string
  },
  now: Date,
): Promise<void> {
  const event = await tx.paymentEvent.update({
    where: { id: paymentId },
    data: {
      status: 'completed',
      userId: as.userId,
      planCode: as.planCode,
      planKind: as.kind,
      planDays: as.days,
      settledBy: as.by,
      settledAt: now,
      updatedAt: now,
    },
    select: { invoiceId: true, invoicePayload: true, chargeId: true, isFirstRecurring: true },
  })
  if (event.invoiceId) {
    await tx.invoice.updateMany({
      where: { id: event.invoiceId, status: 'review' },
      data: { status: 'paid', settledAt: now },
    })
  }
  if (as.kind !== 'subscription') return
  await tx.subscription.upsert({
    where: {
      userId_invoicePayload: { userId: as.userId, invoicePayload: event.invoicePayload },
    },
    update: {},
    create: {
      id: newId(now),
      userId: as.userId,
      planCode: as.planCode,
      invoicePayload: event.invoicePayload,
      firstChargeId: event.isFirstRecurring ? event.chargeId : null,
      createdAt: now,
      updatedAt: now,
    },
  })
}

/** Ties a charge to the entitlement it paid for, once the fold has written it. */
export async function setEntitlement(
  tx: Tx,
  paymentId: string,
  of: { userId: string; planCode: string },
  now: Date,
): Promise<void> {
  const row = await tx.entitlement.findUnique({
    where: { userId_planCode: of },
    select: { id: true },
  })
  await tx.paymentEvent.update({
    where: { id: paymentId },
    data: { entitlementId: row?.id ?? null, entitlementActivatedAt: now },
    select: { id: true },
  })
}

/** A person looked and left it as it is: recorded, without effect. */
export async function setLeft(tx: Tx, paymentId: string, by: string, now: Date): Promise<void> {
  await tx.paymentEvent.update({
    where: { id: paymentId },
    data: { settledBy: by, settledAt: now, updatedAt: now },
    select: { id: true },
  })
}

/** The raw updates of a settled charge wait no longer either. */
export async function closeUpdates(
  tx: Tx,
  chargeId: string | null,
  by: string,
  now: Date,
): Promise<void> {
  if (chargeId === null) return
  await tx.telegramUpdate.updateMany({
    where: { chargeId, state: 'review' },
    data: { state: 'handled', settledBy: by, settledAt: now },
  })
}
