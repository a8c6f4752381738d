import { Ratelimit } from '@upstash/ratelimit'
import { Redis } from '@upstash/redis'
import { env } from './env'
import { single } from './global'
import { describeError, log } from './log'
import { count } from './metrics'

/** Every limit of the product: at most `most` in a sliding window of `seconds`. */
const limits = {
  /** Attempts to make an invoice, per person, over every door together. */
  invoices: { most: 5, seconds: 60 },
  /** Steps of logins begun or finished, per address that the browser comes from. */
  logins: { most: 40, seconds: 300 },
  /** Questions whether a code is confirmed, and attempts to use it, per browser. */
  login_polls: { most: 120, seconds: 60 },
  /** Login codes opened or answered in the bot, per person: nobody can try them out. */
  login_answers: { most: 10, seconds: 300 },
  /** Looking a person's charges up at Telegram. */
  restores: { most: 3, seconds: 600 },
} as const satisfies Record<string, { most: number; seconds: number }>

export type LimitName = keyof typeof limits

export type Verdict = { allowed: true } | { allowed: false; retryAfterSeconds: number }

/**
 * Counts one attempt of `key`. With Upstash configured all processes count together; without it, or
 * while it does not answer, each process counts for itself. A refusal is logged and counted.
 */
export async function takeAttempt(limit: LimitName, key: string): Promise<Verdict> {
  const verdict = (await askRedis(limit, key)) ?? takeLocally(limit, key, Date.now())
  if (!verdict.allowed) {
    count('rate_limit_rejections_total', { limit })
    log().warn({ event: 'rate_limited', limit, key, retryAfterSeconds: verdict.retryAfterSeconds })
  }
  return verdict
}

/** True when limits are counted over all processes. */
export function hasSharedLimits(): boolean {
  return env().UPSTASH_REDIS_REST_URL !== undefined
}

async function askRedis(limit: LimitName, key: string): Promise<Verdict | undefined> {
  const limiter = redisLimiter(limit)
  if (!limiter) return undefined
  try {
    const answer = await limiter.limit(key)
    // The library says yes when Redis was too slow; then the process's own count decides.
    if (answer.reason === 'timeout') return undefined
    if (answer.success) return { allowed: true }
    const waitMs = Math.max(answer.reset - Date.now(), 1000)
    return { allowed: false, retryAfterSeconds: Math.ceil(waitMs / 1000) }
  } catch (error) {
    log().warn({ event: 'rate_limit_fallback', ...describeError(error) })
    return undefined
  }
}

function redisLimiter(limit: LimitName): Ratelimit | undefined {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env()
  if (!url || !token) return undefined
  return single(`limiter.${limit}`, () => {
    const { most, seconds } = limits[limit]
    return new Ratelimit({
      redis: new Redis({ url, token, retry: false, enableTelemetry: false }),
      limiter: Ratelimit.slidingWindow(most, `${seconds} s`),
      prefix: `starpass:${limit}`,
      timeout: 250,
      ephemeralCache: false,
      analytics: false,
    })
  })
}

const attempts = (limit: LimitName) =>
  single(`attempts.${limit}`, () => new Map<string, number[]>())

/** The same rule inside this process: the moments of the last attempts, exactly. */
export function takeLocally(limit: LimitName, key: string, nowMs: number): Verdict {
  const { most, seconds } = limits[limit]
  const windowStart = nowMs - seconds * 1000
  const moments = attempts(limit)
  const recent = (moments.get(key) ?? []).filter((at) => at > windowStart)
  const oldest = recent[0]
  if (recent.length >= most && oldest !== undefined) {
    moments.set(key, recent)
    return {
      allowed: false,
      retryAfterSeconds: Math.ceil((oldest + seconds * 1000 - nowMs) / 1000),
    }
  }
  recent.push(nowMs)
  // Re-inserting keeps the map in order of last use, so the stale ones are at the front.
  moments.delete(key)
  moments.set(key, recent)
  forgetStale(moments, windowStart)
  return { allowed: true }
}

function forgetStale(moments: Map<string, number[]>, windowStart: number): void {
  for (const [key, recent] of moments) {
    if ((recent.at(-1) ?? 0) > windowStart) return
    moments.delete(key)
  }
}
