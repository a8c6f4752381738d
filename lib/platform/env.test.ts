import { describe, expect, it } from 'vitest'
import { testEnv } from '@/lib/testing/test-env'
import { parseEnv } from './env'

const required = [
  'DATABASE_URL',
  'APP_URL',
  'NEXTAUTH_SECRET',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_BOT_USERNAME',
  'TELEGRAM_WEBHOOK_SECRET',
] as const
const whole: Record<string, string> = Object.fromEntries(
  required.map((name) => [name, testEnv[name]]),
)

describe('parseEnv', () => {
  it('names every missing value at once, and what to put there', () => {
    expect(() => parseEnv({})).toThrow(
      /DATABASE_URL: .*postgresql[\s\S]*APP_URL[\s\S]*NEXTAUTH_SECRET[\s\S]*TELEGRAM_BOT_TOKEN[\s\S]*TELEGRAM_BOT_USERNAME[\s\S]*TELEGRAM_WEBHOOK_SECRET/,
    )
  })

  it('has the documented defaults', () => {
    expect(parseEnv(whole)).toMatchObject({
      TELEGRAM_ENV: 'prod',
      INVOICE_TTL_SECONDS: 3600,
      RENEWAL_WINDOW_DAYS: 7,
      GRACE_HOURS: 24,
      SUBSCRIPTION_PERIOD_SECONDS: 2_592_000,
      METRICS_PORT: 9464,
      WORKER: 'on',
    })
  })

  it.each([
    ['DATABASE_URL', 'mysql://x'],
    ['APP_URL', 'plans.example.com'],
    ['NEXTAUTH_SECRET', 'short'],
    ['TELEGRAM_BOT_TOKEN', '12:short'],
    ['TELEGRAM_WEBHOOK_SECRET', 'short'],
    ['TELEGRAM_WEBHOOK_SECRET', 'a'.repeat(31)],
    ['TELEGRAM_WEBHOOK_SECRET', `${'a'.repeat(40)},${'b'.repeat(40)},${'c'.repeat(40)}`],
    ['ADMIN_TELEGRAM_IDS', '12,me'],
    ['INVOICE_SIGNING_KEYS', 'short'],
    ['SUBSCRIPTION_PERIOD_SECONDS', '60'],
    ['TELEGRAM_WEB_ORIGINS', 'web.telegram.org'],
    ['UPSTASH_REDIS_REST_TOKEN', 'without-a-url'],
    ['PORT', '99999'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(() => parseEnv({ ...whole, [name]: value })).toThrow(new RegExp(`  ${name}: `))
  })

  it('refuses a simulated clock while Telegram itself is used', () => {
    const clock = { SIMULATED_CLOCK_URL: 'http://127.0.0.1:4000/control/clock' }
    expect(() => parseEnv({ ...whole, ...clock, TELEGRAM_API_ROOT: undefined })).toThrow(
      /SIMULATED_CLOCK_URL/,
    )
    expect(() =>
      parseEnv({ ...whole, ...clock, TELEGRAM_API_ROOT: 'http://127.0.0.1:4000' }),
    ).not.toThrow()
  })

  it('never repeats a secret in its message', () => {
    const secret = 'hunter2hunter2'
    expect(() => parseEnv({ ...whole, NEXTAUTH_SECRET: secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    )
  })

  it('reads lists: two secrets during rotation, admins, origins', () => {
    const env = parseEnv({
      ...whole,
      TELEGRAM_WEBHOOK_SECRET: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
      ADMIN_TELEGRAM_IDS: '42,4503599627370495',
      TELEGRAM_WEB_ORIGINS: 'https://web.telegram.org https://k.example/',
    })
    expect(env.TELEGRAM_WEBHOOK_SECRET).toHaveLength(2)
    expect(env.ADMIN_TELEGRAM_IDS).toEqual([42, 4_503_599_627_370_495])
    expect(env.TELEGRAM_WEB_ORIGINS).toEqual(['https://web.telegram.org', 'https://k.example'])
  })
})
