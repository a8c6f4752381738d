import { GrammyError } from 'grammy'
import { ZodError } from 'zod'
import { isTransient } from '@/lib/telegram/client'
import { unreachableBecause } from '@/lib/telegram/send-message'

/**
 * What to do with an update whose handling failed. `retry`: Telegram shall send it again. `poison`:
 * it would fail for ever; a person must look. `harmless`: only our reply was refused.
 */
export type Fault =
  | { kind: 'retry' }
  | { kind: 'poison'; reason: string }
  | { kind: 'harmless'; reachable?: 'blocked' | 'never_started' }

/** Anything not known to be permanent is tried again: an update given up is money at risk. */
export function faultOf(error: unknown): Fault {
  if (error instanceof ZodError) return { kind: 'poison', reason: 'unexpected_shape' }
  if (error instanceof GrammyError && !isTransient(error)) {
    const reachable = unreachableBecause(error)
    return reachable ? { kind: 'harmless', reachable } : { kind: 'harmless' }
  }
  if (error instanceof Error && error.message.startsWith('invariant broken')) {
    return { kind: 'poison', reason: 'broken_rule' }
  }
  if (isDataError(error)) return { kind: 'poison', reason: 'refused_by_database' }
  return { kind: 'retry' }
}

/** SQL states of class 22 (bad data) and 23 (broken constraint) stay what they are on every try. */
function isDataError(error: unknown): boolean {
  if (!(error instanceof Error) || !('meta' in error)) return false
  return /"(22|23)[0-9A-Z]{3}"/.test(JSON.stringify(error.meta))
}
