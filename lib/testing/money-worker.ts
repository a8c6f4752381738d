import type { Charge, RawUpdate } from '@/lib/domain/payments/charge'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { type Refund, recordRefund } from '@/lib/domain/payments/record-refund'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import { noteSubscription } from '@/lib/domain/subscriptions/note-subscription'

/** The public verbs through which money reaches us, as a worker process takes them. */
export type MoneyCall =
  | { verb: 'charge'; charge: Charge; raw: RawUpdate }
  | { verb: 'refund'; refund: Refund; raw: RawUpdate }
  | {
      verb: 'subscription'
      told: { telegramUserId: number; payload: string; state: 'active' | 'canceled' | 'failed' }
      raw: RawUpdate
    }
  | { verb: 'reconcile'; scope: 'tail' | 'full' }

export type MoneyRequest = { id: number; call: MoneyCall }
export type MoneyReply = { id: number; outcome?: unknown; problem?: string }

const telegram = { kind: 'telegram' } as const

function perform(call: MoneyCall): Promise<unknown> {
  switch (call.verb) {
    case 'charge':
      return recordCharge(telegram, call.charge, call.raw)
    case 'refund':
      return recordRefund(telegram, call.refund, call.raw)
    case 'subscription':
      return noteSubscription(telegram, call.told, call.raw)
    case 'reconcile':
      return reconcile({ kind: 'system' }, call.scope)
  }
}

process.on('message', async ({ id, call }: MoneyRequest) => {
  const reply: MoneyReply = await perform(call).then(
    (outcome) => ({ id, outcome }),
    (error: unknown) => ({ id, problem: error instanceof Error ? error.message : String(error) }),
  )
  process.send?.(reply)
})
