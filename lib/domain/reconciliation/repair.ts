import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import { stars } from '@/lib/kit/money'
import { addSeconds } from '@/lib/kit/period'
import { log, withLogContext } from '@/lib/platform/log'
import type { StarTransaction } from '@/lib/telegram/star-transactions'
import { hasEarlier } from './store'

const system = { kind: 'system' } as const

/** Gives what a listed charge bought. False when the ledger knew it meanwhile. */
export function repairCharge(one: StarTransaction): Promise<boolean> {
  return withLogContext(contextOf(one), async () => {
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
    return say('charge', outcome !== 'duplicate')
  })
}

/** Takes back what a listed refund ends. False when the ledger knew it meanwhile. */
export function repairRefund(one: StarTransaction): Promise<boolean> {
  return withLogContext(contextOf(one), async () => {
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
    return say('refund', outcome !== 'duplicate')
  })
}

function say(kind: 'charge' | 'refund', isRepaired: boolean): boolean {
  if (isRepaired) log().warn({ event: 'repaired', outcome: 'repaired', kind })
  return isRepaired
}

const contextOf = (one: StarTransaction) =>
  purchaseContext({
    payload: one.payload ?? '',
    telegramUserId: profileOf(one).telegramUserId,
    chargeId: one.id,
  })

function profileOf({ user }: StarTransaction) {
  return {
    telegramUserId: user?.telegramUserId ?? 0,
    firstName: user?.firstName ?? '',
    lastName: null,
    username: null,
    languageCode: null,
  }
}
