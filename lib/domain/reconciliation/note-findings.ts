import { noteFinding } from '@/lib/domain/findings/note-finding'
import { resolveOthers } from '@/lib/domain/findings/resolve-finding'
import { addSeconds } from '@/lib/kit/period'
import type { StarTransaction } from '@/lib/telegram/star-transactions'
import type { LedgerCharge } from './rules'
import { countForeign, listUnlisted } from './store'

const system = { kind: 'system' } as const

/** More than this is one matter, not many: the list is not of this bot, or the ledger is not. */
const unlistedMax = 100

/** A charge that happened while the list was read is not missing in it. */
const freshSeconds = 3600

/** The sales of an earlier shop are one matter, however many they are. */
export async function noteForeign(): Promise<void> {
  const count = await countForeign()
  if (count === 0) return
  await noteFinding(system, { kind: 'foreign_sales', subject: 'all', details: {}, count })
}

/** A row whose terms are not what the ledger says. */
export async function noteDifference(row: StarTransaction, ledger: LedgerCharge): Promise<void> {
  await noteFinding(system, {
    kind: 'terms_differ',
    subject: ledger.id,
    details: {
      payment: ledger.id,
      ledger_amount: ledger.amount,
      listed_amount: row.amount + row.commission,
      ledger_payer: ledger.telegramUserId,
      listed_payer: row.user?.telegramUserId ?? null,
      same_payload: row.payload === ledger.invoicePayload,
    },
  })
}

/** A row of Telegram's list that could not be taken over, and why. */
export type FailedRow = { id: string; problem: string }

/** Rows that failed; those that do not any more have settled themselves. */
export async function noteFailures(failed: FailedRow[]): Promise<void> {
  for (const { id, problem } of failed) {
    await noteFinding(system, { kind: 'repair_failed', subject: id, details: { problem } })
  }
  await resolveOthers(
    system,
    'repair_failed',
    failed.map(({ id }) => id),
  )
}

/** Whether comparing fails again and again. */
export async function noteFailing(isFailing: boolean): Promise<void> {
  const kind = 'comparison_failing'
  if (!isFailing) return resolveOthers(system, kind, [])
  await noteFinding(system, { kind, subject: 'telegram', details: {} })
}

/** After the whole list was read: what the ledger has and Telegram does not. */
export async function noteUnlisted(startedAt: Date): Promise<void> {
  const before = addSeconds(startedAt, -freshSeconds)
  for (const [kind, direction] of [
    ['charge_not_listed', 'in'],
    ['refund_not_listed', 'out'],
  ] as const) {
    const missing = await listUnlisted(direction, before, unlistedMax)
    for (const { id, amount } of missing) {
      await noteFinding(system, { kind, subject: id, details: { payment: id, amount } })
    }
    if (missing.length < unlistedMax)
      await resolveOthers(
        system,
        kind,
        missing.map(({ id }) => id),
      )
  }
}
