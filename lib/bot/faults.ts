import { GrammyError, HttpError } from 'grammy'
import type { Update } from 'grammy/types'
import pg from 'pg'
import { ZodError } from 'zod'
import { unreachableBecause } from '@/lib/telegram/send-message'

/**
 * What to do with an update whose handling failed. `retry`: Telegram shall send it again. `poison`:
 * a person must look. `harmless`: only our reply did not get through.
 */
export type Fault =
  | { kind: 'retry' }
  | { kind: 'poison'; reason: string }
  | { kind: 'harmless'; reachable?: 'blocked' | 'never_started' }

/**
 * An update about money is tried again unless it is known to fail for ever: giving it up is money at
 * risk. Any other is not, because updates of one chat wait for each other: a command that keeps
 * failing would hold up the payment behind it.
 */
export function faultOf(error: unknown, update: Update): Fault {
  if (error instanceof ZodError) return { kind: 'poison', reason: 'unexpected_shape' }
  if (isDataError(error)) return { kind: 'poison', reason: 'refused_by_database' }
  if (isMoney(update)) return { kind: 'retry' }
  if (error instanceof GrammyError || error instanceof HttpError) {
    const reachable = unreachableBecause(error)
    return reachable ? { kind: 'harmless', reachable } : { kind: 'harmless' }
  }
  return { kind: 'poison', reason: 'handler_failed' }
}

function isMoney({ message, subscription }: Update): boolean {
  return Boolean(message?.successful_payment || message?.refunded_payment || subscription)
}

/**
 * SQL states of class 22 (bad data) and 23 (broken constraint) stay what they are on every try; only
 * a taken unique key (23505) is a lost race, which the next try sees decided.
 */
function isDataError(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(22|23(?!505))/.test(error.code ?? '')
  if (!(error instanceof Error) || !('meta' in error)) return false
  return /"(22[0-9A-Z]{3}|23(?!505)[0-9A-Z]{3})"/.test(JSON.stringify(error.meta))
}
