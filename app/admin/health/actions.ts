'use server'

import { z } from 'zod'
import { replayUpdate } from '@/lib/bot/replay-update'
import { resolveFinding } from '@/lib/domain/findings/resolve-finding'
import { askComparison } from '@/lib/domain/health/ask-comparison'
import { findComparing } from '@/lib/domain/health/queries'
import { retryJobs } from '@/lib/domain/health/retry-jobs'
import { settleUpdate } from '@/lib/domain/updates/settle-update'
import { adminAction } from '@/lib/web/admin-action'

const reason = z.string().trim().min(1, 'Say why.').max(500)
const withReason = z.object({ id: z.uuid(), reason })
/** Asked for where a reason is rarely worth writing, and kept where one is given. */
const why = z
  .string()
  .trim()
  .max(500)
  .transform((text) => text || undefined)

const compare = adminAction(
  z.object({ scope: z.enum(['tail', 'full']), reason: why }),
  askComparison,
)
const watch = adminAction(z.object({}), findComparing)
const resolve = adminAction(withReason, (actor, input) =>
  resolveFinding(actor, input.id, input.reason),
)
const replay = adminAction(z.object({ id: z.uuid(), reason: why }), (actor, input) =>
  replayUpdate(actor, input.id, input.reason),
)
const dismiss = adminAction(withReason, (actor, input) =>
  settleUpdate(actor, input.id, { state: 'dismissed', reason: input.reason }),
)
const retry = adminAction(
  z.object({
    id: z
      .string()
      .regex(/^\d{1,18}$/)
      .nullable(),
    reason: why,
  }),
  (actor, input) => retryJobs(actor, input.id, input.reason),
)

export async function compareNow(input: { scope: 'tail' | 'full'; reason: string }) {
  return compare(input)
}

export async function watchComparing() {
  return watch({})
}

export async function resolveOne(input: { id: string; reason: string }) {
  return resolve(input)
}

export async function replayOne(input: { id: string; reason: string }) {
  return replay(input)
}

export async function dismissOne(input: { id: string; reason: string }) {
  return dismiss(input)
}

export async function retryFailed(input: { id: string | null; reason: string }) {
  return retry(input)
}
