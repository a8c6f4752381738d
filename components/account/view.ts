import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PaymentDto } from '@/lib/domain/payments/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { spellMoney, stars } from '@/lib/kit/money'
import { formatDay, type Payer, webAccountMessages } from '@/lib/messages/account'

/** A plan that a person has or had, as the account shows it. */
export type PlanView = {
  code: string
  name: string
  entitlement: EntitlementDto
  /** Who is charged for the renewal; null for a plan that never renews. */
  payer: Payer | null
  /** The renewal was tried and could not be charged. */
  hasFailed: boolean
  /** What the last charge of it was, which the next one will be; null when it is not known. */
  price: string | null
}

/** What a person has, with the names and prices that belong to it. */
export function viewPlans(
  entitlements: readonly EntitlementDto[],
  payments: readonly PaymentDto[],
  plans: readonly Pick<PlanDto, 'code' | 'name' | 'kind'>[],
  failedRenewals: readonly string[],
): PlanView[] {
  return entitlements.map((entitlement) => {
    const { plan_code: code, source } = entitlement
    const plan = plans.find((each) => each.code === code)
    const isRenewable = source === 'stars' || source === 'stripe'
    const payer = plan?.kind === 'subscription' && isRenewable ? source : null
    return {
      code,
      name: plan?.name ?? code,
      entitlement,
      payer,
      hasFailed: failedRenewals.includes(code),
      price: payer && lastPrice(code, payer, payments),
    }
  })
}

/** Payments are newest first. */
function lastPrice(code: string, payer: Payer, payments: readonly PaymentDto[]): string | null {
  const last = payments.find(
    ({ plan_code, status, currency }) =>
      plan_code === code && status === 'completed' && (currency === stars) === (payer === 'stars'),
  )
  return last ? spellMoney(last) : null
}

export type Words = { status: string; more: string | null; tone: 'good' | 'plain' | 'warning' }

/** How a plan stands, in words. */
export function describePlan(plan: PlanView, zone: string): Words {
  const { entitlement, payer, price, hasFailed } = plan
  const { status: words } = webAccountMessages
  const { status, starts_at: start, expires_at: end, renews, source } = entitlement
  const day = (iso: string) => formatDay(iso, zone)
  const granted = source === 'grant' ? words.granted : null
  if (status === 'scheduled') {
    const term = end === null ? words.from(day(start)) : words.period(day(start), day(end))
    return { status: term, more: granted, tone: 'plain' }
  }
  if (status === 'revoked' || (status === 'expired' && end === null)) {
    return { status: words.endedEarly, more: null, tone: 'plain' }
  }
  if (end === null) return { status: words.forLife, more: granted, tone: 'good' }
  if (status === 'expired') {
    const isTried = isStillTried(plan)
    const more = isTried ? words.stillTried : null
    return { status: words.ended(day(end)), more, tone: isTried ? 'warning' : 'plain' }
  }
  if (status === 'grace') {
    const { status, moreOf } = hasFailed ? words.failed : words.renewing
    return {
      status: status(day(end)),
      more: payer && moreOf[payer],
      tone: hasFailed ? 'warning' : 'plain',
    }
  }
  if (renews && payer) {
    const more = words.nextCharge(price, payer, day(end))
    return { status: words.renewsOn(day(end)), more, tone: 'good' }
  }
  const more = payer ? words.doesNotRenew : (granted ?? words.endsByItself)
  return { status: words.until(day(end)), more, tone: 'good' }
}

/** Whether Stripe goes on trying the card of a renewal, which it does for weeks after our grace. */
export const isStillTried = ({ payer, hasFailed, entitlement }: PlanView): boolean =>
  payer === 'stripe' && hasFailed && entitlement.renews
