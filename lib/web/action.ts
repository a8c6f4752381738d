import type { z } from 'zod'
import { personFromInitData } from '@/lib/auth/actor-from-request'
import type { ActionResult } from '@/lib/kit/action-result'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { addLogContext, describeError, log, withLogContext } from '@/lib/platform/log'
import { parseInput } from './rest'

/**
 * A server action of the Mini App, which has no cookies: its first argument is the raw init data.
 * Actions are public endpoints, so everything is checked here and nothing is trusted.
 */
export function miniAppAction<S extends z.ZodType, T>(
  schema: S,
  verb: (actor: PersonActor, input: z.infer<S>) => Promise<T>,
): (initData: string, input: z.input<S>) => Promise<ActionResult<T>> {
  const answer = async (initData: string, input: z.input<S>): Promise<ActionResult<T>> => {
    try {
      const actor = await personFromInitData(String(initData))
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
  return (initData, input) => withLogContext({}, () => answer(initData, input))
}
