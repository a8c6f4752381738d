import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { isId } from '@/lib/kit/ids'
import { takesCards } from '@/lib/stripe/client'
import { type ReceiptDto, receiptDto } from './schema'
import { loadRenewalStates } from './store'
import { hasCustomer, loadReceipt } from './store-receipts'

/** The receipt of the person's own charge. Refuses: not_found (also for somebody else's). */
export async function requireReceipt(actor: PersonActor, id: string): Promise<ReceiptDto> {
  const row = isId(id) ? await loadReceipt(id, actor.telegramUserId) : null
  if (!row) throw new Refusal('not_found', 'You have no payment of this id.')
  return receiptDto.parse({
    id: row.id,
    provider: row.provider,
    amount: Number(row.amount),
    currency: row.currency,
    status: row.status,
    charged_at: row.chargedAt?.toISOString(),
    refunded_at: row.refundedAt?.toISOString() ?? null,
    charge: shortened(row.chargeId ?? ''),
    plan: row.plan && {
      name: row.plan.name,
      kind: row.planKind ?? row.plan.kind,
      days: row.planKind ? row.planDays : row.plan.durationDays,
    },
  })
}

/** Whether the person has cards at Stripe to look after. */
export async function hasCards(actor: PersonActor): Promise<boolean> {
  return takesCards() && (await hasCustomer(actor.telegramUserId))
}

/** Codes of the person's plans whose renewal could not be charged; others are only being renewed. */
export async function listFailedRenewals(actor: PersonActor): Promise<string[]> {
  const renewals = await loadRenewalStates(actor.telegramUserId)
  return renewals.filter(({ state }) => state === 'failed').map(({ planCode }) => planCode)
}

/** Two thirds of an id at most, and never more than 14 characters of it. */
function shortened(chargeId: string): string {
  const shown = Math.min(7, Math.floor(chargeId.length / 3))
  return `${chargeId.slice(0, shown)}…${chargeId.slice(chargeId.length - shown)}`
}
