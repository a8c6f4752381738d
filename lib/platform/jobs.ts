import { z } from 'zod'
import { pool } from './pool'

/**
 * Everything that can happen later, with the shape of its payload. Jobs outlive deployments, so a
 * shape only ever gains optional members. Handlers stand in lib/worker/tasks.ts.
 */
export const jobs = {
  /** Tells the payer what became of a charge. */
  tell_buyer: z.object({ paymentId: z.uuid() }),
  tell_refund: z.object({ paymentId: z.uuid() }),
  tell_renewal_failed: z.object({
    telegramUserId: z.int(),
    planCode: z.string(),
    /** Who could not charge; missing means Stars. */
    provider: z.enum(['stars', 'stripe']).optional(),
  }),
  /** One of many: goes through the bulk queue (`bulkJob`). */
  send_reminder: z.object({ reminderId: z.uuid() }),
  /** Stops the renewal of a subscription at Telegram. */
  stop_subscription: z.object({ telegramUserId: z.int(), invoicePayload: z.string() }),
  /** Closes pages at Stripe on which a person could buy what they have now. */
  expire_checkouts: z.object({ telegramUserId: z.int() }),
  /** Closes every page at Stripe on which somebody who was banned could still pay. */
  expire_banned_checkouts: z.object({ telegramUserId: z.int() }),
  /** Compares with Telegram's list because an admin asked for it. */
  compare_now: z.object({ scope: z.enum(['tail', 'full']) }),
  /** Judges a charge in review once more, because what made it needless was refunded. */
  judge_again: z.object({ paymentId: z.uuid() }),
  /** Sends a charge back that somebody asked to refund. */
  refund_charge: z.object({ paymentId: z.uuid() }),
  /** Tells every admin: makes one `send_admin_message` each. */
  tell_admins: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('payment_in_review'), paymentId: z.uuid() }),
    z.object({ kind: z.literal('paid_twice'), paymentId: z.uuid() }),
    z.object({ kind: z.literal('finding'), findingId: z.uuid() }),
    /** Once a day (UTC), while the owner wants to hear of it. */
    z.object({ kind: z.literal('reviews_waiting'), day: z.iso.date() }),
    /** Updates could not be handled; what waits is counted when it is told. */
    z.object({ kind: z.literal('updates_in_review') }),
    z.object({
      kind: z.literal('support_message'),
      telegramUserId: z.int(),
      firstName: z.string(),
      username: z.string().nullable(),
      text: z.string(),
    }),
  ]),
  send_admin_message: z.object({
    telegramUserId: z.int(),
    text: z.string(),
    /** The purchase it is about, for the log. */
    about: z
      .object({
        correlationId: z.string(),
        telegramUserId: z.int(),
        invoiceId: z.string(),
      })
      .partial()
      .optional(),
  }),
  /** What an admin wrote to a person. */
  send_person_message: z.object({ telegramUserId: z.int(), text: z.string() }),
} as const satisfies Record<string, z.ZodType>

export type JobName = keyof typeof jobs
export type JobPayload<K extends JobName> = z.infer<(typeof jobs)[K]>

/** A job to be written inside somebody's own statement (see payments/store.ts). */
export type JobSpec = {
  [K in JobName]: { name: K; payload: JobPayload<K>; key: string }
}[JobName]

/**
 * Attempts with exponential backoff: 20 reach over about two weeks, so a long outage of Telegram
 * loses no message.
 */
export const jobAttemptsMax = 20

/**
 * Messages that go out by the thousand: one at a time over all workers, and behind every message
 * that somebody waits for.
 */
export const bulkJob = { queueName: 'bulk', priority: 10 } as const

/** Adds a job of its own. The key makes a repeated call the same job. */
export async function addJob<K extends JobName>(
  name: K,
  payload: JobPayload<K>,
  options: { key: string; runAt?: Date },
): Promise<void> {
  await pool().query(
    `select graphile_worker.add_job($1, payload := $2::json, job_key := $3, max_attempts := $4,
       run_at := coalesce($5::timestamptz, now()))`,
    [name, JSON.stringify(payload), options.key, jobAttemptsMax, options.runAt ?? null],
  )
}
