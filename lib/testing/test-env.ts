/**
 * A complete and valid environment that leads nowhere. Optional settings are present and empty, so
 * that a developer's `.env` cannot leak into a test.
 */
export const testEnv = {
  DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:9/nowhere',
  APP_URL: 'https://plans.test',
  NEXTAUTH_SECRET: 'test-secret-that-is-long-enough-for-anyone',
  TELEGRAM_BOT_TOKEN: '7000000001:AAEtest_token_of_a_bot_that_never_lived',
  TELEGRAM_BOT_USERNAME: 'starpass_test_bot',
  TELEGRAM_WEBHOOK_SECRET: 'test_webhook_secret_0123456789abcdef',
  TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  TELEGRAM_ENV: 'prod',
  TELEGRAM_WEB_ORIGINS: 'https://web.telegram.org',
  TELEGRAM_LOGIN_CLIENT_SECRET: '',
  TELEGRAM_LOGIN_ISSUER: 'https://oauth.telegram.org',
  TELEGRAM_PROVIDER_TOKEN: '',
  SIMULATED_CLOCK_URL: '',
  STRIPE_SECRET_KEY: '',
  STRIPE_WEBHOOK_SECRET: '',
  STRIPE_API_BASE: '',
  UPSTASH_REDIS_REST_URL: '',
  UPSTASH_REDIS_REST_TOKEN: '',
  ADMIN_TELEGRAM_IDS: '900000001',
  INVOICE_SIGNING_KEYS: '',
  METRICS_TOKEN: 'test-metrics-token-0123',
  INTERNAL_API_TOKEN: 'test-internal-token-0123',
  METRICS_PORT: '0',
  INVOICE_TTL_SECONDS: '3600',
  RENEWAL_WINDOW_DAYS: '7',
  GRACE_HOURS: '24',
  SUBSCRIPTION_PERIOD_SECONDS: '2592000',
  PORT: '3000',
  WORKER: 'off',
  LOG_LEVEL: 'silent',
} as const satisfies Record<string, string>

export type TestEnvName = keyof typeof testEnv

/** Puts the test environment in place; call it before anything reads `env()`. */
export function applyTestEnv(overrides: Partial<Record<TestEnvName, string>> = {}): void {
  Object.assign(process.env, testEnv, overrides)
}
