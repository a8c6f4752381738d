import { parsePayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import type { Actor } from '@/lib/kit/actor'
import { stars } from '@/lib/kit/money'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { describeError, log } from '@/lib/platform/log'
import { count } from '@/lib/platform/metrics'
import {
  listStarTransactions,
  pageSize,
  type StarTransaction,
} from '@/lib/telegram/star-transactions'
import { decideRepair } from './rules'
import { finishRun, hasEarlier, loadKnown, mirror, positionAt, startRun } from './store'

export type Reconciled = { seen: number; repaired: number; foreign: number }

/** Telegram forgets undelivered updates after a day; twice that is looked at again each time. */
const overlapSeconds = 48 * 3600

const system = { kind: 'system' } as const

/**
 * Compares our ledger with Telegram's own list and repairs what is missing through the same verbs as
 * the webhook. `tail` reads the last two days again, `full` everything. Safe at any time, also beside
 * the webhook and another run. Throws when Telegram or the database does not answer.
 */
export async function reconcile(
  _actor: Extract<Actor, { kind: 'system' }>,
  scope: 'tail' | 'full',
): Promise<Reconciled> {
  const startedAt = await now()
  const runId = await startRun(scope, startedAt)
  const total: Reconciled = { seen: 0, repaired: 0, foreign: 0 }
  try {
    let offset = scope === 'full' ? 0 : await positionAt(addSeconds(startedAt, -overlapSeconds))
    for (;;) {
      const page = await listStarTransactions(offset)
      await mirror(page, offset, await now())
      await repair(page, total)
      total.seen += page.length
      offset += page.length
      if (page.length < pageSize) break
    }
    await finishRun(runId, { ...total, problem: null }, await now())
  } catch (error) {
    await finishRun(runId, { ...total, problem: describeError(error).message }, await now())
    throw error
  }
  log().info({ event: 'reconciled', scope, ...total })
  return total
}

/** Charges first: a refund of the same page then finds its charge. */
async function repair(page: StarTransaction[], total: Reconciled): Promise<void> {
  const known = await loadKnown(page.map((one) => one.id))
  for (const direction of ['in', 'out'] as const) {
    for (const row of page.filter((one) => one.direction === direction)) {
      const kind = decideRepair(row, known.get(row.id), parsePayload(row.payload ?? '') !== null)
      if (kind === 'nothing') continue
      if (kind === 'foreign') {
        total.foreign += 1
        continue
      }
      const isRepaired = await (kind === 'charge' ? repairCharge(row) : repairRefund(row))
      if (!isRepaired) continue
      total.repaired += 1
      count('reconciliation_repairs_total', { kind })
      log().warn({ event: 'repaired', kind, telegramUserId: row.user?.telegramUserId })
    }
  }
}

async function repairCharge(one: StarTransaction): Promise<boolean> {
  const isRecurring = one.subscriptionPeriod !== null
  const outcome = await recordCharge(system, {
    provider: 'stars',
    toldBy: 'list',
    chargeId: one.id,
    providerChargeId: null,
    payer: profileOf(one),
    currency: stars,
    // The buyer paid the whole price; an affiliate's share never reached us.
    amount: one.amount + one.commission,
    payload: one.payload ?? '',
    isRecurring,
    isFirstRecurring: isRecurring && !(await hasEarlier(one)),
    // The list does not say when it ends; a period after the charge is the rule.
    subscriptionExpiresAt:
      one.subscriptionPeriod === null ? null : addSeconds(one.date, one.subscriptionPeriod),
    chargedAt: one.date,
  })
  return outcome !== 'duplicate'
}

async function repairRefund(one: StarTransaction): Promise<boolean> {
  const outcome = await recordRefund(system, {
    provider: 'stars',
    chargeId: one.id,
    providerChargeId: null,
    telegramUserId: profileOf(one).telegramUserId,
    currency: stars,
    amount: one.amount + one.commission,
    payload: one.payload ?? '',
    refundedAt: one.date,
  })
  return outcome !== 'duplicate'
}

function profileOf({ user }: StarTransaction) {
  return {
    telegramUserId: user?.telegramUserId ?? 0,
    firstName: user?.firstName ?? '',
    lastName: null,
    username: null,
    languageCode: null,
  }
}
