'use server'

import { z } from 'zod'
import { replayUpdate } from '@/lib/bot/replay-update'
import { resolveFinding } from '@/lib/domain/findings/resolve-finding'
import { retryJobs } from '@/lib/domain/health/retry-jobs'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import { settleUpdate } from '@/lib/domain/updates/settle-update'
import { Refusal } from '@/lib/kit/errors'
import { healthMessages } from '@/lib/messages/admin-health'
import { adminAction } from '@/lib/web/admin-action'

const reason = z.string().trim().min(1, 'Say why.').max(500)
const withReason = z.object({ id: z.uuid(), reason })

const compare = adminAction(z.object({ scope: z.enum(['tail', 'full']) }), async (actor, input) => {
  const result = await reconcile(actor, input.scope)
  if (result === 'busy') throw new Refusal('conflict', healthMessages.runs.busy)
  return { repaired: result.repaired }
})
const resolve = adminAction(withReason, (actor, input) =>
  resolveFinding(actor, input.id, input.reason),
)
const replay = adminAction(z.object({ id: z.uuid() }), (actor, input) =>
  replayUpdate(actor, input.id),
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
  }),
  (actor, input) => retryJobs(actor, input.id),
)

export async function compareNow(input: { scope: 'tail' | 'full' }) {
  return compare(input)
}

export async function resolveOne(input: { id: string; reason: string }) {
  return resolve(input)
}

export async function replayOne(input: { id: string }) {
  return replay(input)
}

export async function dismissOne(input: { id: string; reason: string }) {
  return dismiss(input)
}

export async function retryFailed(input: { id: string | null }) {
  return retry(input)
}
