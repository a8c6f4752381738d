import { z } from 'zod'
import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import type { ChargeFact, GrantFact, HeldFact, SubscriptionFact } from './rules'
import type { Done } from './timeline'

/** So many of each kind are looked at; nobody buys that often. */
const most = 200

export function loadPerson(telegramUserId: number) {
  return db().user.findUnique({
    where: { telegramUserId },
    select: {
      id: true,
      firstName: true,
      lastName: true,
      username: true,
      languageCode: true,
      reachable: true,
      bannedAt: true,
      deletedAt: true,
      createdAt: true,
      stripeCustomerId: true,
    },
  })
}

export async function loadHeld(userId: string): Promise<(HeldFact & { source: string })[]> {
  const rows = await db().entitlement.findMany({
    where: { userId },
    select: {
      planCode: true,
      startsAt: true,
      expiresAt: true,
      renews: true,
      revokedAt: true,
      source: true,
      plan: { select: { name: true, family: true, tier: true } },
    },
    orderBy: [{ startsAt: 'desc' }, { planCode: 'asc' }],
  })
  return rows.map(({ plan: { name, ...plan }, ...row }) => ({ ...row, ...plan, planName: name }))
}

/** Newest first. */
export async function loadCharges(userId: string): Promise<ChargeFact[]> {
  const rows = await db().paymentEvent.findMany({
    where: { userId, chargeId: { not: null } },
    select: {
      id: true,
      planCode: true,
      amount: true,
      currency: true,
      status: true,
      reason: true,
      chargedAt: true,
      createdAt: true,
      isRecurring: true,
      isFirstRecurring: true,
      settledBy: true,
      settledAt: true,
      refundedAt: true,
      plan: { select: { name: true } },
      refunds: {
        select: { requestedBy: true, reason: true, state: true, problem: true, createdAt: true },
      },
    },
    orderBy: { createdAt: 'desc' },
    take: most,
  })
  return rows.map(({ plan, refunds, chargedAt, createdAt, isFirstRecurring, ...row }) => {
    const [request] = refunds
    return {
      ...row,
      planName: plan?.name ?? null,
      amount: Number(row.amount),
      at: chargedAt ?? createdAt,
      isRenewal: row.isRecurring && !isFirstRecurring,
      request: request
        ? {
            by: request.requestedBy,
            reason: request.reason,
            state: request.state,
            problem: request.problem,
            at: request.createdAt,
          }
        : null,
    }
  })
}

/** Newest first. */
export async function loadGrants(userId: string): Promise<GrantFact[]> {
  const rows = await db().grant.findMany({
    where: { userId },
    include: { plan: { select: { name: true } } },
    orderBy: { grantedAt: 'desc' },
    take: most,
  })
  return rows.map((row) => ({
    id: row.id,
    planCode: row.planCode,
    planName: row.plan.name,
    days: row.days,
    by: row.grantedBy,
    reason: row.reason,
    at: row.grantedAt,
    revokedAt: row.revokedAt,
    revokedBy: row.revokedBy,
  }))
}

export async function loadSubscriptions(
  userId: string,
): Promise<(SubscriptionFact & { id: string; provider: string; createdAt: Date })[]> {
  const rows = await db().subscription.findMany({
    where: { userId },
    select: {
      id: true,
      provider: true,
      planCode: true,
      state: true,
      stateAt: true,
      stoppedAt: true,
      createdAt: true,
      plan: { select: { name: true } },
    },
    orderBy: { createdAt: 'desc' },
    take: most,
  })
  return rows.map(({ plan, ...row }) => ({ ...row, planName: plan.name }))
}

/** What admins did to the person; grants stand in a table of their own. */
export function loadDone(telegramUserId: number): Promise<Done[]> {
  return db()
    .auditEntry.findMany({
      where: {
        subject: 'user',
        subjectId: String(telegramUserId),
        action: { notIn: ['grant_plan', 'extend_plan', 'revoke_grant'] },
      },
      select: { action: true, actor: true, reason: true, at: true },
      orderBy: { at: 'desc' },
      take: most,
    })
    .then((rows) => rows.map(({ actor, ...row }) => ({ ...row, by: actor })))
}

const state = z.object({ reachable: z.string(), bannedAt: z.date().nullable() })

/** How the person stands, for the verbs; null for somebody who was never here. */
export async function findState(tx: Tx, telegramUserId: number) {
  const row = await tx.user.findUnique({
    where: { telegramUserId },
    select: { reachable: true, bannedAt: true },
  })
  return row && state.parse(row)
}

/** A ban ends every session. */
export async function setBanned(tx: Tx, telegramUserId: number, at: Date): Promise<void> {
  await tx.user.update({
    where: { telegramUserId },
    data: { bannedAt: at, sessionVersion: { increment: 1 } },
    select: { id: true },
  })
}

export async function setUnbanned(tx: Tx, telegramUserId: number): Promise<void> {
  await tx.user.update({
    where: { telegramUserId },
    data: { bannedAt: null },
    select: { id: true },
  })
}

export async function endSessions(tx: Tx, telegramUserId: number): Promise<void> {
  await tx.user.update({
    where: { telegramUserId },
    data: { sessionVersion: { increment: 1 } },
    select: { id: true },
  })
}

/** Whether the message of this form was written before. */
export async function isWritten(tx: Tx, telegramUserId: number, id: string): Promise<boolean> {
  const row = await tx.auditEntry.findFirst({
    where: {
      subject: 'user',
      subjectId: String(telegramUserId),
      action: 'message_person',
      details: { path: ['messageId'], equals: id },
    },
    select: { id: true },
  })
  return row !== null
}
