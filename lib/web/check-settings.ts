import { EnvError, env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { hasSharedLimits } from '@/lib/platform/rate-limit'

/** Checks the settings before the first request; a bad one ends the process with its name. */
export function checkSettings(): void {
  try {
    env()
  } catch (error) {
    console.error(error instanceof EnvError ? error.message : error)
    process.exit(1)
  }
  if (!hasSharedLimits()) {
    log().warn({
      event: 'rate_limits_in_process',
      message: 'UPSTASH_REDIS_REST_URL is not set: rate limits count inside each process',
    })
  }
  if (env().ADMIN_TELEGRAM_IDS.length === 0) {
    log().warn({
      event: 'no_admins_set',
      message: 'ADMIN_TELEGRAM_IDS is not set: only people with a role hear of money in review',
    })
  }
}
