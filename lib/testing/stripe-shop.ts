import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { env } from '@/lib/platform/env'
import { receiveStripeEvent } from '@/lib/web/stripe-webhook'
import { startSimulator } from '@/simulator/server/start'

const webhookSecret = 'whsec_of_the_tests_0123456789'

/**
 * Stripe as the simulator plays it, with its clock, and our webhook behind a real port. Nothing of
 * `env()` must have been used before.
 */
export async function startStripeShop() {
  let answers: number[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value))
      const answer = await receiveStripeEvent(
        new Request('http://shop.test/api/v1/stripe/webhook', {
          method: 'POST',
          headers,
          body: Buffer.concat(chunks),
        }),
      )
      answers.push(answer.status)
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server on a TCP port has an address object.
  const { port } = server.address() as AddressInfo
  const webhookUrl = `http://127.0.0.1:${port}/webhook`
  const simulator = await startSimulator({
    port: 0,
    client: false,
    botToken: env().TELEGRAM_BOT_TOKEN,
    stripe: { webhookSecret, webhookUrl },
  })
  Object.assign(env(), {
    TELEGRAM_API_ROOT: simulator.url,
    SIMULATED_CLOCK_URL: `${simulator.url}/control/clock`,
    STRIPE_SECRET_KEY: 'sk_test_shop',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: `${simulator.url}/stripe`,
  })

  async function control<T = unknown>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${simulator.url}/control/${path}`, {
      ...(body ? { method: path === 'faults' ? 'PUT' : 'POST', body: JSON.stringify(body) } : {}),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  return {
    simulator,
    control,
    webhookUrl,
    webhookSecret,
    /** The statuses our webhook answered since the last look. */
    answers: () => {
      const seen = answers
      answers = []
      return seen
    },
    close: async () => {
      await simulator.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type StripeShop = Awaited<ReturnType<typeof startStripeShop>>
