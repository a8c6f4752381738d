import { GrammyError, HttpError } from 'grammy'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import type { JobPayload } from '@/lib/platform/jobs'
import { describeError, log } from '@/lib/platform/log'
import type { Rerun } from './send'

/** How soon to look again while another comparison is at work. */
const busySeconds = 5

/**
 * Compares with Telegram's list because somebody asked. When Telegram does not answer, the run says
 * so and this is over: it would be odd to compare days later because of a button pressed today.
 */
export async function compareNow({ scope }: JobPayload<'compare_now'>): Promise<Rerun | undefined> {
  try {
    const outcome = await reconcile({ kind: 'system' }, scope)
    return outcome === 'busy' ? { afterSeconds: busySeconds } : undefined
  } catch (error) {
    if (!(error instanceof GrammyError || error instanceof HttpError)) throw error
    log().warn({ event: 'comparison_broke_off', scope, ...describeError(error) })
    return undefined
  }
}
