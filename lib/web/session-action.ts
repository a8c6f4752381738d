import type { z } from 'zod'
import { currentPerson } from '@/lib/auth/current-person'
import type { ActionResult } from '@/lib/kit/action-result'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { addLogContext, describeError, log, withLogContext } from '@/lib/platform/log'
import { requireOwnPage } from './origin'
import { parseInput } from './rest'

/**
 * A server action of the pages for ordinary browsers: by session, from our own pages only. Actions
 * are public endpoints, so everything is checked here and nothing is trusted.
 */
export function sessionAction<S extends z.ZodType, T>(
  schema: S,
  verb: (actor: PersonActor, input: z.infer<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  const answer = async (input: z.input<S>): Promise<ActionResult<T>> => {
    try {
      await requireOwnPage()
      const actor = await currentPerson()
      if (!actor) throw new Refusal('unauthorized')
      addLogContext({ telegramUserId: actor.telegramUserId })
      return { ok: true, value: await verb(actor, parseInput(input, schema)) }
    } catch (error) {
      if (error instanceof Refusal) {
        const { code, retryAfterSeconds } = error
        return { ok: false, code, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) }
      }
      log().error({ event: 'action_failed', ...describeError(error) })
      return { ok: false, code: 'internal_error' }
    }
  }
  return (input) => withLogContext({}, () => answer(input))
}
