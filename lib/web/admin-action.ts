import type { z } from 'zod'
import { currentAdmin } from '@/lib/auth/current-admin'
import { currentPerson } from '@/lib/auth/current-person'
import type { ActionResult } from '@/lib/kit/action-result'
import type { AdminActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { incident } from '@/lib/platform/incident'
import { addLogContext, describeError, log, withLogContext } from '@/lib/platform/log'
import { requireOwnPage } from './origin'
import { parseInput } from './rest'

/**
 * A server action of the admin: by session, from our own pages, by a person with a role. What the
 * role may do is checked by the verb. A refusal tells its reason, which is made for the admin.
 */
export function adminAction<S extends z.ZodType, T>(
  schema: S,
  verb: (actor: AdminActor, input: z.infer<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  const answer = async (input: z.input<S>): Promise<ActionResult<T>> => {
    try {
      await requireOwnPage()
      const actor = await requireAdminActor()
      return { ok: true, value: await verb(actor, parseInput(input, schema)) }
    } catch (error) {
      if (error instanceof Refusal) {
        const { code, detail, retryAfterSeconds } = error
        return {
          ok: false,
          code,
          ...(detail ? { detail } : {}),
          ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
        }
      }
      log().error({ event: 'action_failed', ...describeError(error) })
      return { ok: false, code: 'internal_error' }
    }
  }
  return (input) => withLogContext({}, () => answer(input))
}

/** Refuses: unauthorized (nobody), not_found (a person without a role). */
export async function requireAdminActor(): Promise<AdminActor> {
  const admin = await currentAdmin()
  if (admin) {
    addLogContext({ telegramUserId: admin.telegramUserId })
    return admin
  }
  if (!(await currentPerson())) throw new Refusal('unauthorized')
  incident('admin_forged')
  throw new Refusal('not_found')
}
