import { hasAlready } from '@/lib/domain/entitlements/queries'
import { priceFor, whyNoPrice } from '@/lib/domain/plans/price'
import { findPlan, rails } from '@/lib/domain/plans/queries'
import type { PlanDto, SaleMethod } from '@/lib/domain/plans/schema'
import { ensureUser } from '@/lib/domain/users/ensure-user'
import { isBanned } from '@/lib/domain/users/queries'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { newId } from '@/lib/kit/ids'
import type { Money } from '@/lib/kit/money'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { addLogContext } from '@/lib/platform/log'
import { count } from '@/lib/platform/metrics'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { signPayload } from './payload'
import { lifetimeSeconds } from './rules'
import { insertInvoice } from './store'

export type OpenInvoice = {
  id: string
  plan: PlanDto
  method: SaleMethod
  price: Money
  payload: string
  expiresAt: Date
}

/**
 * What every door to buying has in common: the limit, the catalogue, what the person holds, and the
 * row. It exists before Telegram is asked, so an invoice that was made there is always known.
 * Refuses: rate_limited, forbidden (banned), unknown_plan, already_entitled.
 */
export async function openInvoice(
  actor: PersonActor,
  input: { plan_code: string; method: SaleMethod },
): Promise<OpenInvoice> {
  await requireAttempt(actor)
  if (await isBanned(actor)) throw new Refusal('forbidden', 'This account cannot buy here.')
  const { plan, price } = await requireOffer(input)
  if (await hasAlready(actor, plan)) {
    countInvoice(plan.code, 'already_entitled')
    throw new Refusal('already_entitled', 'You have this plan or a higher one already.')
  }

  const issuedAt = await now()
  const id = newId(issuedAt)
  addLogContext({ correlationId: id, invoiceId: id, telegramUserId: actor.telegramUserId })
  const expiresAt = addSeconds(issuedAt, lifetimeSeconds(input.method, env().INVOICE_TTL_SECONDS))
  const payload = signPayload({
    id,
    planCode: plan.code,
    issuedAt,
    telegramUserId: actor.telegramUserId,
    ...price,
  })
  await insertInvoice({
    id,
    userId: (await ensureUser(actor, issuedAt)).id,
    planCode: plan.code,
    method: input.method,
    ...price,
    days: plan.durationDays,
    payload,
    createdAt: issuedAt,
    expiresAt,
  })
  return { id, plan, method: input.method, price, payload, expiresAt }
}

async function requireAttempt(actor: PersonActor): Promise<void> {
  const verdict = await takeAttempt('invoices', String(actor.telegramUserId))
  if (verdict.allowed) return
  countInvoice('unknown', 'rate_limited')
  throw new Refusal(
    'rate_limited',
    `Too many attempts. Try again in ${verdict.retryAfterSeconds} s.`,
    verdict.retryAfterSeconds,
  )
}

async function requireOffer(input: {
  plan_code: string
  method: SaleMethod
}): Promise<{ plan: PlanDto; price: Money }> {
  const plan = await findPlan(input.plan_code)
  const price = plan?.onSale ? priceFor(plan, input.method, rails()) : null
  if (plan && price) return { plan, price }
  // An unknown code is the caller's own text and must not become a label.
  countInvoice(plan?.code ?? 'unknown', 'unknown_plan')
  throw new Refusal(
    'unknown_plan',
    plan?.onSale ? whyNoPrice(plan, input.method, rails()) : 'There is no such plan on sale.',
  )
}

export function countInvoice(plan: string, outcome: string): void {
  count('telegram_invoices_total', { plan, outcome })
}
