import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'

/** A charge that somebody wants back, locked until the transaction ends; null when there is none. */
export async function findRefundable(tx: Tx, paymentId: string) {
  await tx.$queryRaw`select from payment_events where id = ${paymentId}::uuid for update`
  const row = await tx.paymentEvent.findUnique({
    where: { id: paymentId },
    select: { id: true, provider: true, chargeId: true, status: true },
  })
  return row?.chargeId ? { ...row, chargeId: row.chargeId } : null
}

/**
 * Writes the request down. False when one is on its way or done; one that was refused before is
 * taken up again.
 */
export async function insertRequest(
  tx: Tx,
  request: { paymentId: string; requestedBy: string; reason: string },
  now: Date,
): Promise<boolean> {
  const written = await tx.$executeRaw`
    insert into refund_requests (id, payment_id, requested_by, reason, created_at, updated_at)
    values (${newId(now)}::uuid, ${request.paymentId}::uuid, ${request.requestedBy},
      ${request.reason}, ${now}, ${now})
    on conflict (payment_id) do update set state = 'requested', problem = null,
      requested_by = excluded.requested_by, reason = excluded.reason, updated_at = excluded.updated_at
    where refund_requests.state = 'failed'`
  return written === 1
}

/** How a request ended; the refund of a charge nobody asked for has no request to end. */
export async function setRequestState(
  tx: Tx,
  paymentId: string,
  state: 'done' | 'failed',
  problem: string | null,
  now: Date,
): Promise<void> {
  await tx.refundRequest.updateMany({
    where: { paymentId, state: { not: 'done' } },
    data: { state, problem, updatedAt: now },
  })
}

/** Charges of a person that wait in review because they added nothing in this family. */
export async function listAddingNothing(
  tx: Tx,
  of: { userId: string; family: string },
): Promise<string[]> {
  const rows = await tx.paymentEvent.findMany({
    where: {
      userId: of.userId,
      status: 'review',
      reason: 'adds_nothing',
      settledAt: null,
      plan: { family: of.family },
    },
    select: { id: true },
    orderBy: { chargedAt: 'asc' },
  })
  return rows.map((row) => row.id)
}

/** An invoice whose only money went back is open again, until the clock says otherwise. */
export async function reopenInvoice(tx: Tx, id: string): Promise<void> {
  await tx.invoice.updateMany({
    where: {
      id,
      status: 'review',
      payments: { none: { chargeId: { not: null }, status: { in: ['completed', 'review'] } } },
    },
    data: { status: 'open', settledAt: null },
  })
}

/** A charge with everything that a refund must say of it. */
export async function loadChargeToRefund(paymentId: string) {
  const row = await db().paymentEvent.findUnique({
    where: { id: paymentId },
    select: {
      provider: true,
      chargeId: true,
      providerPaymentChargeId: true,
      telegramUserId: true,
      currency: true,
      amount: true,
      invoicePayload: true,
      status: true,
      refunds: { select: { state: true } },
    },
  })
  if (!row?.chargeId) return null
  return {
    ...row,
    chargeId: row.chargeId,
    telegramUserId: Number(row.telegramUserId),
    amount: Number(row.amount),
    requestState: row.refunds[0]?.state ?? null,
  }
}
