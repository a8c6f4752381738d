import { findingKind } from '@/lib/domain/findings/schema'
import { type FactsCharge, factsCharges } from '@/lib/domain/payments/facts'
import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'

/** One row of the ledger with everything that hangs on it. */
export function loadPayment(id: string) {
  return db().paymentEvent.findUnique({
    where: { id },
    include: {
      plan: { select: { code: true, name: true, family: true } },
      user: {
        select: { id: true, firstName: true, username: true, reachable: true, bannedAt: true },
      },
      invoice: { include: { plan: { select: { name: true } } } },
      entitlement: { include: { plan: { select: { name: true } } } },
      refunds: true,
    },
  })
}
export type PaymentRow = NonNullable<Awaited<ReturnType<typeof loadPayment>>>

/** The newest rows of a kind, oldest first, and whether there are older ones. */
export type Newest<T> = { rows: T[]; hasOlder: boolean }

/** From one more than are shown, the newest first. */
function newest<T>(read: T[], most: number): Newest<T> {
  return { rows: read.slice(0, most).reverse(), hasOlder: read.length > most }
}

/** Other rows with the same payload; of this payer only, unless it names an invoice. */
export async function loadSiblings(
  of: { id: string; payload: string; telegramUserId: bigint; namesInvoice: boolean },
  most: number,
) {
  const rows = await db().paymentEvent.findMany({
    where: {
      invoicePayload: of.payload,
      id: { not: of.id },
      ...(of.namesInvoice ? {} : { telegramUserId: of.telegramUserId }),
    },
    select: {
      id: true,
      chargeId: true,
      telegramUserId: true,
      amount: true,
      currency: true,
      status: true,
      reason: true,
      isRecurring: true,
      isFirstRecurring: true,
      chargedAt: true,
      createdAt: true,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most + 1,
  })
  return newest(rows, most)
}
export type SiblingRow = Awaited<ReturnType<typeof loadSiblings>>['rows'][number]

/** The person's charges that went back, the newest first: each had others judged again. */
export async function loadRefundedIds(userId: string, most: number): Promise<string[]> {
  const rows = await db().paymentEvent.findMany({
    where: { userId, status: 'refunded' },
    select: { id: true },
    orderBy: { createdAt: 'desc' },
    take: most,
  })
  return rows.map(({ id }) => id)
}

/** The agreement that a charge belongs to. */
export function loadSubscription(userId: string, payload: string) {
  return db().subscription.findUnique({
    where: { userId_invoicePayload: { userId, invoicePayload: payload } },
    select: { provider: true, state: true, stoppedAt: true, firstChargeId: true },
  })
}

/** What Telegram's own list says of a charge id, and when it was last read to its end. */
export async function loadListed(chargeId: string) {
  const [rows, run] = await Promise.all([
    db().starTransaction.findMany({ where: { id: chargeId }, orderBy: { direction: 'asc' } }),
    db().reconciliationRun.findFirst({
      where: { finishedAt: { not: null }, problem: null },
      orderBy: { startedAt: 'desc' },
      select: { startedAt: true },
    }),
  ])
  return { rows, readAt: run?.startedAt ?? null }
}

export function loadFindings(subjects: string[]) {
  return db().finding.findMany({
    where: { kind: { in: findingKind.options }, subject: { in: subjects } },
    orderBy: { firstSeen: 'asc' },
  })
}
export type FindingRow = Awaited<ReturnType<typeof loadFindings>>[number]

/** Who did what to these things. */
export async function loadAudit(subjects: { subject: string; ids: string[] }[], most: number) {
  const rows = await db().auditEntry.findMany({
    where: { OR: subjects.map(({ subject, ids }) => ({ subject, subjectId: { in: ids } })) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: most + 1,
  })
  return newest(rows, most)
}
export type AuditRow = Awaited<ReturnType<typeof loadAudit>>['rows'][number]

/** What Telegram sent about a charge. */
export async function loadUpdates(chargeId: string, most: number) {
  const rows = await db().telegramUpdate.findMany({
    where: { chargeId },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: most + 1,
  })
  return newest(rows, most)
}
export type UpdateRow = Awaited<ReturnType<typeof loadUpdates>>['rows'][number]

/** When Telegram first told of a charge; null when nothing of that is kept. */
export async function findFirstToldAt(chargeId: string): Promise<Date | null> {
  const { _min: first } = await db().telegramUpdate.aggregate({
    where: { chargeId },
    _min: { receivedAt: true },
  })
  return first.receivedAt
}

export type StripeEventRow = {
  id: string
  type: string
  state: string
  body: unknown
  receivedAt: Date
}

/** What Stripe sent about these ids around these moments; its events bear no charge of ours. */
export async function loadStripeEvents(
  ids: string[],
  moments: Date[],
  most: number,
): Promise<Newest<StripeEventRow>> {
  const hour = 3_600_000
  const windows = moments.map(
    (at) => Prisma.sql`(received_at between ${new Date(at.getTime() - hour)}
      and ${new Date(at.getTime() + 24 * hour)})`,
  )
  if (windows.length === 0) return { rows: [], hasOlder: false }
  const object = Prisma.sql`body->'data'->'object'`
  const rows = await db().$queryRaw<StripeEventRow[]>`
    select id, type, state, body, received_at as "receivedAt" from stripe_events
    where state in ('handled', 'ignored', 'review') and (${Prisma.join(windows, ' or ')})
      and (${object}->>'id' = any(${ids}::text[]) or ${object}->>'payment_intent' = any(${ids}::text[])
        or ${object}->>'invoice' = any(${ids}::text[]))
    order by received_at desc, id desc limit ${most + 1}`
  return newest(rows, most)
}

export type JobRow = {
  id: string
  task: string
  key: string
  runAt: Date
  attempts: number
  attemptsMax: number
  isRunning: boolean
  lastError: string | null
}

/** Jobs of these keys that are not done. */
export function loadJobs(keys: string[]): Promise<JobRow[]> {
  return db().$queryRaw<JobRow[]>`
    select id::text, task_identifier as task, key, run_at as "runAt", attempts::int,
      max_attempts::int as "attemptsMax", locked_at is not null as "isRunning",
      last_error as "lastError"
    from graphile_worker.jobs where key = any(${keys}::text[]) order by created_at, id`
}

/** The person's unrefunded charges and grants in a family, as `payments` folds them. */
export async function loadFold(userId: string, family: string): Promise<FactsCharge[]> {
  const rows = await db().$queryRaw<{ charges: unknown; grants: unknown }[]>`
    select (select coalesce(json_agg(json_build_object('chargeId', c.charge_id,
        'chargedAt', c.charged_at, 'planCode', c.plan_code, 'tier', p.tier, 'kind', c.plan_kind,
        'days', c.plan_days, 'subscriptionExpiresAt', c.subscription_expires_at,
        'source', c.provider, 'payload', c.invoice_payload,
        'renews', coalesce((select s.state <> 'canceled' and s.stopped_at is null
          from subscriptions s where s.user_id = c.user_id
            and s.invoice_payload = c.invoice_payload), c.plan_kind = 'subscription'))), '[]')
      from payment_events c join plans p on p.code = c.plan_code
      where c.user_id = ${userId}::uuid and c.status = 'completed' and p.family = ${family}) as charges,
    (select coalesce(json_agg(json_build_object('chargeId', g.id, 'chargedAt', g.granted_at,
        'planCode', g.plan_code, 'tier', p.tier, 'kind', 'one_off', 'days', g.days,
        'subscriptionExpiresAt', null, 'source', 'grant', 'payload', '', 'renews', false)), '[]')
      from grants g join plans p on p.code = g.plan_code
      where g.user_id = ${userId}::uuid and g.revoked_at is null and p.family = ${family}) as grants`
  return [...factsCharges.parse(rows[0]?.charges), ...factsCharges.parse(rows[0]?.grants)]
}

export async function loadPlanNames(codes: string[]): Promise<Map<string, string>> {
  const rows = await db().plan.findMany({
    where: { code: { in: codes } },
    select: { code: true, name: true },
  })
  return new Map(rows.map(({ code, name }) => [code, name]))
}
