import type { ActionResult } from '@/lib/kit/action-result'
import type { Money } from '@/lib/kit/money'
import { payMessages } from '@/lib/messages/pay'

/** A way to pay a plan in the browser, and what it costs that way. */
export type WebWay = { method: 'stars' | 'stripe'; price: Money }

type Begun = ActionResult<{ href: string }>

/** Begins a payment on the server; gives the address where it goes on. */
export type StartPayment = (input: WebWay & { plan_code: string }) => Promise<Begun>

export type StartProblem =
  | Extract<Begun, { ok: false }>
  | { ok: false; code: 'offline'; retryAfterSeconds?: never }

/** Why a payment did not begin, and what to do. */
export function problemText({ code, retryAfterSeconds }: StartProblem): string {
  const { problems } = payMessages
  switch (code) {
    case 'rate_limited':
      return problems.rateLimited(retryAfterSeconds ?? 60)
    case 'unauthorized':
      return problems.unauthorized
    case 'already_entitled':
      return problems.alreadyEntitled
    case 'unknown_plan':
      return problems.unknownPlan
    case 'conflict':
      return problems.priceChanged
    case 'telegram_unavailable':
      return problems.telegramUnavailable
    case 'stripe_unavailable':
      return problems.cardUnavailable
    case 'forbidden_origin':
      return problems.forbidden
    case 'offline':
      return problems.offline
    default:
      return problems.internal
  }
}

/** Problems after which the page is not true any more. */
export const isStale = ({ code }: StartProblem) =>
  code === 'already_entitled' || code === 'unknown_plan' || code === 'conflict'
