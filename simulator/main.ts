import { startSimulator } from '@/simulator/server/start'

/** `npm run simulator`: the local Telegram alone. */

function fail(text: string): never {
  console.error(`simulator: ${text}`)
  process.exit(1)
}

function portFromEnvironment(): number {
  const raw = process.env.SIMULATOR_PORT || '4000'
  const port = Number(raw)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    fail(`SIMULATOR_PORT must be a port number, not "${raw}".`)
  }
  return port
}

const { TELEGRAM_BOT_TOKEN, TELEGRAM_BOT_USERNAME, APP_URL } = process.env
const { TELEGRAM_LOGIN_CLIENT_SECRET, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = process.env

const simulator = await startSimulator({
  port: portFromEnvironment(),
  ...(TELEGRAM_BOT_TOKEN ? { botToken: TELEGRAM_BOT_TOKEN } : {}),
  ...(TELEGRAM_BOT_USERNAME ? { botUsername: TELEGRAM_BOT_USERNAME } : {}),
  ...(APP_URL ? { appUrl: APP_URL } : {}),
  ...(TELEGRAM_LOGIN_CLIENT_SECRET ? { loginClientSecret: TELEGRAM_LOGIN_CLIENT_SECRET } : {}),
  stripe: {
    ...(STRIPE_SECRET_KEY ? { secretKey: STRIPE_SECRET_KEY } : {}),
    ...(STRIPE_WEBHOOK_SECRET ? { webhookSecret: STRIPE_WEBHOOK_SECRET } : {}),
  },
}).catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error)
  return fail(/is taken/.test(text) ? `${text} Set SIMULATOR_PORT to another one.` : text)
})

console.log(`Telegram client   ${simulator.url}/`)
console.log(
  `Bot API           ${simulator.url}/bot${simulator.botToken}/ (@${simulator.botUsername})`,
)
console.log(`Login issuer      ${simulator.url}/oauth`)
console.log(`Stripe API        ${simulator.url}/stripe`)
console.log(`Control interface ${simulator.url}/control/ (see simulator/README.md)`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}
