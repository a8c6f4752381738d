import { existsSync } from 'node:fs'
import { z } from 'zod'

const telegramApiRoot = 'https://api.telegram.org'
const seconds = (fallback: number) => z.coerce.number().int().positive().default(fallback)
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const list = (separator: RegExp | string) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(separator).filter((part) => part.trim() !== ''))

const schema = z
  .object({
    DATABASE_URL: z
      .string(
        'put a PostgreSQL address here, such as postgresql://user:password@host:5432/starpass',
      )
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://'),
    APP_URL: z
      .url('put the public address here, such as https://plans.example.com')
      .transform((url) => new URL(url).origin),
    NEXTAUTH_SECRET: z
      .string('put at least 32 random characters here (openssl rand -base64 48)')
      .min(32, 'must have at least 32 characters (openssl rand -base64 48)'),
    TELEGRAM_BOT_TOKEN: z
      .string('put the token from @BotFather here')
      .regex(/^[1-9]\d{4,15}:[\w-]{20,}$/, 'must look like 123456789:AAE… (from @BotFather)'),
    TELEGRAM_BOT_USERNAME: z
      .string("put the bot's username here, without @")
      .transform((name) => name.replace(/^@/, ''))
      .pipe(z.string().regex(/^\w{4,32}$/, "must be the bot's username, such as my_plans_bot")),
    TELEGRAM_WEBHOOK_SECRET: list(',').pipe(
      z
        .array(
          z
            .string()
            .trim()
            .regex(
              /^[\w-]{32,256}$/,
              'needs at least 32 characters of A-Z a-z 0-9 _ - (openssl rand -hex 32)',
            ),
        )
        .min(1, 'put at least 32 random characters of A-Z a-z 0-9 _ - here (openssl rand -hex 32)')
        .max(2, 'takes one secret, or two during rotation'),
    ),
    TELEGRAM_API_ROOT: z
      .url()
      .default(telegramApiRoot)
      .transform((url) => url.replace(/\/+$/, '')),
    TELEGRAM_ENV: z.enum(['prod', 'test']).default('prod'),
    SIMULATED_CLOCK_URL: optional(z.url()),
    TELEGRAM_WEB_ORIGINS: z
      .string()
      .default(
        'https://web.telegram.org https://webk.telegram.org https://weba.telegram.org https://webz.telegram.org',
      )
      .transform((text) => text.split(/\s+/).filter(Boolean))
      .pipe(
        z.array(z.url('must be origins separated by spaces').transform((u) => new URL(u).origin)),
      ),
    TELEGRAM_LOGIN_CLIENT_SECRET: optional(
      z.string().min(8, "must be the client secret of the bot's Web Login (from @BotFather)"),
    ),
    TELEGRAM_LOGIN_ISSUER: z
      .url('must be the address of the OpenID issuer')
      .default('https://oauth.telegram.org')
      .transform((url) => url.replace(/\/+$/, '')),
    TELEGRAM_PROVIDER_TOKEN: optional(z.string()),
    STRIPE_SECRET_KEY: optional(
      z.string().regex(/^(sk|rk)_/, "must be Stripe's secret key (sk_live_… or sk_test_…)"),
    ),
    STRIPE_WEBHOOK_SECRET: optional(
      z.string().regex(/^whsec_/, "must be the webhook's signing secret (whsec_…)"),
    ),
    STRIPE_API_BASE: z.preprocess(
      (value) => value || undefined,
      z.url().default('https://api.stripe.com'),
    ),
    UPSTASH_REDIS_REST_URL: optional(z.url()),
    UPSTASH_REDIS_REST_TOKEN: optional(z.string()),
    ADMIN_TELEGRAM_IDS: list(',')
      .pipe(
        z.array(
          z
            .string()
            .trim()
            .regex(/^[1-9]\d{0,15}$/, 'must be Telegram user ids separated by commas'),
        ),
      )
      .transform((ids) => ids.map(Number)),
    INVOICE_SIGNING_KEYS: list(',').pipe(
      z.array(z.string().trim().min(32, 'each key needs at least 32 characters')),
    ),
    METRICS_TOKEN: optional(z.string().min(16, 'needs at least 16 characters')),
    INTERNAL_API_TOKEN: optional(z.string().min(16, 'needs at least 16 characters')),
    METRICS_PORT: z.coerce.number().int().min(0).max(65_535).default(9464),
    INVOICE_TTL_SECONDS: seconds(3600),
    RENEWAL_WINDOW_DAYS: z.coerce.number().min(0).default(7),
    GRACE_HOURS: z.coerce.number().min(0).default(24),
    SUBSCRIPTION_PERIOD_SECONDS: z.coerce
      .number()
      .pipe(z.literal([60, 300, 2_592_000]))
      .default(2_592_000),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    WORKER: z.enum(['on', 'off']).default('on'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info'),
  })
  .superRefine((env, context) => {
    const fault = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message })
    if (env.SIMULATED_CLOCK_URL && env.TELEGRAM_API_ROOT === telegramApiRoot)
      fault('SIMULATED_CLOCK_URL', 'is for simulations; remove it while Telegram itself is used')
    if (Boolean(env.UPSTASH_REDIS_REST_URL) !== Boolean(env.UPSTASH_REDIS_REST_TOKEN))
      fault('UPSTASH_REDIS_REST_TOKEN', 'set both UPSTASH_REDIS_REST_URL and …_TOKEN, or neither')
    if (Boolean(env.STRIPE_SECRET_KEY) !== Boolean(env.STRIPE_WEBHOOK_SECRET))
      fault(
        'STRIPE_WEBHOOK_SECRET',
        'set both STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or neither: without its events no card payment is ever known',
      )
    if (env.TELEGRAM_ENV === 'prod' && env.SUBSCRIPTION_PERIOD_SECONDS !== 2_592_000)
      fault('SUBSCRIPTION_PERIOD_SECONDS', 'must be 2592000 outside of TELEGRAM_ENV=test')
  })

export type Env = z.infer<typeof schema>

export class EnvError extends Error {
  override readonly name = 'EnvError'
}

/** Reads settings from the given variables. Throws an `EnvError` that lists every problem. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const result = schema.safeParse(variables)
  if (result.success) return result.data
  const lines = result.error.issues.map(
    (issue) => `  ${String(issue.path[0])}: ${issue.message} (see .env.example)`,
  )
  throw new EnvError(`The environment has ${lines.length} problem(s):\n${lines.join('\n')}`)
}

let parsed: Env | undefined

/** The settings of this process, read once; `.env` beside package.json fills what is not set. */
export function env(): Env {
  if (!parsed) {
    if (existsSync('.env')) process.loadEnvFile('.env')
    parsed = parseEnv(process.env)
  }
  return parsed
}

/** The bot's Telegram id: the part of its token before the colon. */
export function botId(): number {
  return Number(env().TELEGRAM_BOT_TOKEN.split(':')[0])
}

/** next-auth reads its own address from the environment only; it is always ours. */
export function tellNextAuth(): void {
  process.env.NEXTAUTH_URL = env().APP_URL
}

/** True while a simulator stands in for Telegram. */
export function isSimulated(): boolean {
  return env().SIMULATED_CLOCK_URL !== undefined
}

/** True under `next dev`; Next itself decides, it is no setting. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development'
}
