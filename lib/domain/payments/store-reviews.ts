import { z } from 'zod'
import { newId } from '@/lib/kit/ids'
import { fromUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import type { Charge } from './charge'
import { type ReviewDto, reviewDto } from './schema'

const provider = z.enum(['stars', 'telegram', 'stripe'])
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
  if (!row?.chargeId || !row.chargedAt) return null
  return {
    provider: provider.parse(row.provider),
    toldBy: row.provider === 'stripe' ? 'stripe' : row.toldBy === 'list' ? 'list' : 'update',
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
  const row = await tx.paymentEvent.findFirst({
    where: { id: paymentId, status: 'review', settledAt: null },
    select: {
      id: true,
      provider: true,
      planCode: true,
      isRecurring: true,
      chargeId: true,
      telegramUserId: true,
      invoicePayload: true,
      currency: true,
      amount: true,
    },
  })
  // Only money is in review, and money has a charge id.
  return row?.chargeId
    ? { ...row, chargeId: row.chargeId, telegramUserId: Number(row.telegramUserId) }
    : null
}

/** The invoice of a charge whose row was lost with a backup, as its payload tells it. */
export async function remakeInvoice(
  tx: Tx,
  charge: {
    id: string
    userId: string
    provider: string
    invoicePayload: string
    currency: string
    amount: bigint
  },
  payload: { invoiceId: string; issuedAt: number },
  sold: { planCode: string; days: number | null },
  now: Date,
): Promise<void> {
  await tx.invoice.createMany({
    data: [
      {
        id: payload.invoiceId,
        userId: charge.userId,
        planCode: sold.planCode,
        method: charge.provider,
        currency: charge.currency,
        amount: charge.amount,
        days: sold.days,
        payload: charge.invoicePayload,
        status: 'review',
        createdAt: now,
        expiresAt: fromUnix(payload.issuedAt),
      },
    ],
    skipDuplicates: true,
  })
  await tx.paymentEvent.update({
    where: { id: charge.id },
    data: { invoiceId: payload.invoiceId },
    select: { id: true },
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
    select: {
      provider: true,
      invoiceId: true,
      invoicePayload: true,
      chargeId: true,
      isFirstRecurring: true,
    },
  })
  if (event.invoiceId) {
    await tx.invoice.updateMany({
      where: { id: event.invoiceId, status: 'review' },
      data: { status: 'paid', settledAt: now },
    })
  }
  if (as.kind !== 'subscription') return
  const isStripe = event.provider === 'stripe'
  await tx.subscription.upsert({
    where: {
      userId_invoicePayload: { userId: as.userId, invoicePayload: event.invoicePayload },
    },
    update: {},
    create: {
      id: newId(now),
      provider: isStripe ? 'stripe' : 'stars',
      userId: as.userId,
      planCode: as.planCode,
      invoicePayload: event.invoicePayload,
      // Stripe knows its subscriptions by ids of their own; its next word tells it.
      firstChargeId: event.isFirstRecurring && !isStripe ? event.chargeId : null,
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
