import { recordAudit } from '@/lib/domain/audit/record-audit'
import { parsePayload } from '@/lib/domain/invoices/payload'
import { addSeconds } from '@/lib/kit/period'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { exclusively } from '@/lib/platform/exclusive'
import { describeError, log } from '@/lib/platform/log'
import { count } from '@/lib/platform/metrics'
import { inTransaction } from '@/lib/platform/transaction'
import {
  isReadable,
  type ListedRow,
  listStarTransactions,
  pageSize,
  type StarTransaction,
} from '@/lib/telegram/star-transactions'
import {
  type FailedRow,
  noteDifference,
  noteFailing,
  noteFailures,
  noteForeign,
  noteUnlisted,
} from './note-findings'
import { repairCharge, repairRefund } from './repair'
import { decideRepair, type LedgerCharge } from './rules'
import {
  finishRun,
  haveFailed,
  loadKnown,
  mirror,
  positionFrom,
  setPosition,
  startRun,
} from './store'

export type Reconciled = {
  seen: number
  repaired: number
  /** Sales of an earlier shop of this bot that were passed by. */
  foreign: number
  /** Of these Telegram ids something was repaired, so many times. */
  repairedOf: Map<number, number>
}

/** More runs in a row that do not get to their end are a matter for an admin. */
const failedRunsMax = 3

/** Telegram forgets undelivered updates after a day; twice that is looked at again each time. */
const overlapSeconds = 48 * 3600

/**
 * Compares our ledger with Telegram's own list and repairs what is missing through the same verbs as
 * the webhook; what it cannot explain becomes a finding. `tail` reads the last two days again, `full`
 * everything. A row that cannot be taken over is tried again by every run and holds up no other. One
 * run at a time over all processes: `busy` while another works. Safe beside the
 * webhook. Throws when Telegram or the database does not answer.
 */
export async function reconcile(
  actor: Manager,
  scope: 'tail' | 'full',
): Promise<Reconciled | 'busy'> {
  requirePower(actor, 'operate')
  if (actor.kind === 'admin') await noteWho(actor, scope)
  const run = await exclusively('reconciliation', () => compare(scope))
  return run.kind === 'busy' ? 'busy' : run.result
}

async function noteWho(actor: Manager, scope: string): Promise<void> {
  const at = await now()
  const entry = { action: 'reconcile', subject: 'job', subjectId: 'reconcile' } as const
  await inTransaction((tx) => recordAudit(tx, actor, { ...entry, details: { scope } }, at))
}

async function compare(scope: 'tail' | 'full'): Promise<Reconciled> {
  const startedAt = await now()
  const runId = await startRun(scope, startedAt)
  const total: Total = { seen: 0, repaired: 0, foreign: 0, repairedOf: new Map(), failed: [] }
  const summary = () => ({ seen: total.seen, repaired: total.repaired, foreign: total.foreign })
  try {
    let offset = scope === 'full' ? 0 : await positionFrom(addSeconds(startedAt, -overlapSeconds))
    for (;;) {
      const page = await listStarTransactions(offset)
      await mirror(page, offset, await now())
      await repair(page, total)
      total.seen += page.length
      offset += page.length
      // A row that failed is read again, however old it gets.
      if (total.failed.length === 0) await setPosition(runId, offset)
      if (page.length < pageSize) break
    }
    if (total.foreign > 0) await noteForeign()
    await noteFailures(total.failed)
    if (scope === 'full') await noteUnlisted(startedAt)
    await finishRun(runId, { ...summary(), problem: problemOf(total.failed) }, await now())
  } catch (error) {
    await finishRun(runId, { ...summary(), problem: describeError(error).message }, await now())
    await noteFailing(await haveFailed(failedRunsMax))
    throw error
  }
  await noteFailing(false)
  log().info({ event: 'reconciled', outcome: 'done', scope, ...summary() })
  return total
}

type Total = Reconciled & { failed: FailedRow[] }

const problemOf = (failed: FailedRow[]) =>
  failed.length === 0 ? null : `${failed.length} rows could not be taken over`

/** Charges first: a refund of the same page then finds its charge. One bad row holds up no other. */
async function repair(page: ListedRow[], total: Total): Promise<void> {
  const rows = page.filter(isReadable)
  for (const row of page) {
    if (!isReadable(row))
      total.failed.push({ id: row.id, problem: 'it has a shape we do not know' })
  }
  const known = await loadKnown(rows.map((one) => one.id))
  for (const direction of ['in', 'out'] as const) {
    for (const row of rows.filter((one) => one.direction === direction)) {
      try {
        await repairRow(row, known.get(row.id), total)
      } catch (error) {
        // Where not even this can be read, it is not the row that fails.
        await loadKnown([row.id])
        const about = describeError(error)
        log().error({ event: 'repair_failed', outcome: 'retry', ...about })
        total.failed.push({ id: row.id, problem: about.message })
      }
    }
  }
}

async function repairRow(
  row: StarTransaction,
  ledger: LedgerCharge | undefined,
  total: Total,
): Promise<void> {
  const kind = decideRepair(row, ledger, parsePayload(row.payload ?? '') !== null)
  if (kind === 'nothing' || !row.user) return
  if (kind === 'foreign') total.foreign += 1
  if (kind === 'differs' && ledger) await noteDifference(row, ledger)
  if (kind === 'foreign' || kind === 'differs') return
  const isRepaired = await (kind === 'refund' ? repairRefund(row) : repairCharge(row))
  if (!isRepaired) return
  const { telegramUserId } = row.user
  total.repaired += 1
  total.repairedOf.set(telegramUserId, (total.repairedOf.get(telegramUserId) ?? 0) + 1)
  count('reconciliation_repairs_total', { kind })
}
