import { z } from 'zod'
import type {
  JobRow,
  loadListed,
  loadSubscription,
  PaymentRow,
  StripeEventRow,
  UpdateRow,
} from './store-story'

type Subscription = Awaited<ReturnType<typeof loadSubscription>>

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null

/** A row of the ledger as the page shows it. Amounts in the smallest unit, dates ISO 8601. */
export function factsOf(row: PaymentRow, subscription: Subscription, now: Date) {
  const { invoice, entitlement, user } = row
  const [request] = row.refunds
  return {
    id: row.id,
    provider: row.provider,
    status: row.status,
    reason: row.reason,
    isMoney: row.chargeId !== null,
    /** Whether it waits for somebody to decide. */
    isWaiting: row.status === 'review' && row.settledAt === null,
    amount: Number(row.amount),
    currency: row.currency,
    chargeId: row.chargeId,
    providerChargeId: row.providerPaymentChargeId || null,
    payload: row.invoicePayload,
    createdAt: row.createdAt.toISOString(),
    chargedAt: iso(row.chargedAt),
    plan: row.plan && { code: row.plan.code, name: row.plan.name },
    person: {
      telegramUserId: Number(row.telegramUserId),
      firstName: user?.firstName ?? '',
      username: user?.username ?? null,
      reachable: user?.reachable ?? 'unknown',
      isBanned: Boolean(user?.bannedAt),
    },
    invoice: invoice && {
      id: invoice.id,
      status: invoice.status === 'open' && invoice.expiresAt < now ? 'expired' : invoice.status,
      amount: Number(invoice.amount),
      currency: invoice.currency,
      hasLink: invoice.link !== null,
      expiresAt: invoice.expiresAt.toISOString(),
    },
    entitlement: entitlement && {
      planName: entitlement.plan.name,
      startsAt: entitlement.startsAt.toISOString(),
      expiresAt: iso(entitlement.expiresAt),
      renews: entitlement.renews,
      revokedAt: iso(entitlement.revokedAt),
    },
    subscription: subscription && {
      state: subscription.state,
      stoppedAt: iso(subscription.stoppedAt),
    },
    refund: request && { state: request.state, problem: request.problem },
  }
}

/** Jobs that are not done. What went wrong is said to those only who can do something about it. */
export function jobsOf(rows: JobRow[], showsErrors: boolean) {
  return rows.map(({ runAt, lastError, ...job }) => ({
    ...job,
    runAt: runAt.toISOString(),
    /** Not tried again by itself. */
    isGivenUp: job.attempts >= job.attemptsMax && !job.isRunning,
    hasFailed: lastError !== null,
    error: showsErrors ? (lastError?.split('\n')[0]?.slice(0, 300) ?? null) : null,
  }))
}

/** The rows of Telegram's list beside ours. */
export function listedOf(payment: PaymentRow, listed: Awaited<ReturnType<typeof loadListed>>) {
  return {
    readAt: iso(listed.readAt),
    rows: listed.rows.map((row) => {
      const price = Number(row.amount + row.commission)
      return {
        direction: row.direction,
        at: row.date.toISOString(),
        amount: price,
        commission: Number(row.commission),
        payer: row.telegramUserId === null ? null : Number(row.telegramUserId),
        isSame:
          price === Number(payment.amount) &&
          row.telegramUserId === payment.telegramUserId &&
          row.invoicePayload === payment.invoicePayload,
      }
    }),
  }
}

const record = z.record(z.string(), z.unknown())

/** What a buyer filled in, one line per field; null when nothing is kept. */
export function orderInfoOf(json: unknown, under = ''): [string, string][] | null {
  const parsed = record.safeParse(json)
  if (!parsed.success) return null
  return Object.entries(parsed.data).flatMap(([name, value]): [string, string][] => {
    const path = under ? `${under} ${name}` : name
    const inner = orderInfoOf(value, path)
    if (inner) return inner
    return value === null || value === '' ? [] : [[path, String(value)]]
  })
}

export type RawBody = {
  id: string
  source: 'telegram' | 'stripe'
  name: string
  state: string
  at: string
  text: string
}

/**
 * Updates word for word, but for what the buyer filled in: that has its own rules. Events as they are
 * kept, which is without anything personal.
 */
export function bodiesOf(updates: UpdateRow[], events: StripeEventRow[]): RawBody[] {
  return [
    ...updates.map((one) => ({
      id: one.id,
      source: 'telegram' as const,
      name: `${one.kind} ${one.updateId}`,
      state: one.state,
      at: one.receivedAt.toISOString(),
      text: textOf(one.body),
    })),
    ...events.map((one) => ({
      id: one.id,
      source: 'stripe' as const,
      name: `${one.type} ${one.id}`,
      state: one.state,
      at: one.receivedAt.toISOString(),
      text: textOf(one.body),
    })),
  ]
}

function textOf(body: unknown): string {
  return JSON.stringify(body, (key, value) => (key === 'order_info' ? undefined : value), 2) ?? ''
}
