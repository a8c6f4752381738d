const setup = 'run `npm run telegram:setup`'

/** What each check of the doctor looks at, and what to do when it fails. */
export const doctorWords = {
  names: {
    token: 'bot token',
    webhook: 'webhook',
    updates: 'allowed updates',
    menu: 'menu button',
    https: 'https',
    clock: 'clock',
    database: 'database',
    migrations: 'migrations',
    redis: 'redis',
    alerts: 'alerts',
  },
  otherBot: 'TELEGRAM_BOT_TOKEN belongs to another bot',
  otherName: (name: string) => `set TELEGRAM_BOT_USERNAME=${name}`,
  otherWebhook: (url: string, expected: string) => `it is "${url}", not ${expected}: ${setup}`,
  notDelivered: (problem: string | null) =>
    `Telegram could not deliver: ${problem ?? 'no reason given'}`,
  missingUpdates: (names: string[]) => `${names.join(', ')} would not arrive: ${setup}`,
  otherMenu: (url: string) => `it does not open ${url}: ${setup}`,
  noHttps: 'APP_URL must begin with https://, or Telegram opens neither webhook nor Mini App',
  skewed: (seconds: number) => `this machine is ${seconds} s off: switch on time synchronisation`,
  noDatabase: 'PostgreSQL does not answer at DATABASE_URL',
  notMigrated: 'run `npm run db:migrate`',
  noRedis: 'not set: rate limits count inside each process',
  redisAnswers: (status: number) => `UPSTASH_REDIS_REST_URL answers ${status}`,
  noAdmins:
    'nobody hears of money in review: set ADMIN_TELEGRAM_IDS, or give somebody a role in the settings',
  tooLate: 'no answer within ten seconds',
}
