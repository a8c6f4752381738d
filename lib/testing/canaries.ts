import pg from 'pg'

/** Settings that are secret, each with a value that is found again wherever it goes. */
export const canaries = {
  TELEGRAM_BOT_TOKEN: '7000000001:AAEcanary_of_the_bot_token_0123456789',
  TELEGRAM_WEBHOOK_SECRET: 'canary_of_the_webhook_secret_0123456789',
  TELEGRAM_PROVIDER_TOKEN: '284685063:TEST:canary_of_the_provider_token',
  TELEGRAM_LOGIN_CLIENT_SECRET: 'canary-of-the-login-client-secret',
  NEXTAUTH_SECRET: 'canary-of-the-session-secret-0123456789+/=',
  INVOICE_SIGNING_KEYS: 'canary-of-the-newest-signing-key-01,canary-of-the-older-signing-key-02',
  METRICS_TOKEN: 'canary-of-the-metrics-token',
  INTERNAL_API_TOKEN: 'canary-of-the-internal-token',
  UPSTASH_REDIS_REST_TOKEN: 'canary-of-the-redis-token',
  STRIPE_SECRET_KEY: 'sk_test_canary_of_the_stripe_secret_key',
  STRIPE_WEBHOOK_SECRET: 'whsec_canary_of_the_stripe_webhook_secret',
} as const

/** What else nobody may read: the database's password, and the charge of another person. */
export const databasePassword = 'canary-of-the-database-password'
export const foreignChargeId = `stxcanary-of-another-persons-charge${'0'.repeat(100)}`

/** Every text that must not be found, by what it is. */
export const secretTexts: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(canaries).flatMap(([name, value]) =>
      value.split(',').map((one, index) => [index === 0 ? name : `${name} ${index}`, one]),
    ),
  ),
  'the secret half of the bot token': 'AAEcanary_of_the_bot_token_0123456789',
  'the database password': databasePassword,
  'the charge id of another person': foreignChargeId,
}

/** Which secrets a text holds, by name; also where an address or JSON spells them differently. */
export function secretsIn(text: string): string[] {
  return Object.entries(secretTexts)
    .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
    .map(([name]) => name)
}

const role = `canary_${process.pid}`

/** The test database's address for a user of its own, whose password is a canary. */
export async function withCanaryPassword(address: string): Promise<string> {
  await asOwner(address, `create role ${role} login superuser password '${databasePassword}'`)
  const url = new URL(address)
  url.username = role
  url.password = databasePassword
  return url.href
}

/** As if somebody had changed the password at the server. */
export async function changePassword(address: string): Promise<void> {
  await asOwner(address, `alter role ${role} password 'another'`)
}

export async function dropCanaryRole(address: string): Promise<void> {
  await asOwner(address, `drop role ${role}`)
}

async function asOwner(address: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
