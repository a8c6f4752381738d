import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { controlRoutes } from '@/simulator/server/control/routes'
import { ANN, type Bench, startBench } from '@/simulator/server/testing/harness'
import { eventually, info } from './helpers'

/** Other people's Bot API clients sell something, in the words of the README. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const README = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')
const [grammy = '', nodeTelegram = ''] = [...README.matchAll(/```js\n([\s\S]*?)```/g)].map(
  ([, code]) => code,
)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Runs a program beside this one, until the test is over. */
async function run(bench: Bench, code: string): Promise<void> {
  const source = code
    .replaceAll('http://127.0.0.1:4000', bench.simulator.url)
    .replaceAll('8080', String(await freePort()))
  const args = ['--input-type=module', '--eval', source]
  const child: ChildProcess = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  onTestFinished(async () => {
    const over = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.kill('SIGKILL')) await over
  })
}

async function texts(bench: Bench) {
  const { list } = await bench.get(`/control/chats/${ANN}`)
  return list as { text?: string; invoice?: { slug: string; paid: boolean }; payment?: object }[]
}

/** START, Pay and Thank you, as Ann. */
async function sells(bench: Bench): Promise<void> {
  await bench.say('/start')
  await eventually(async () => (await texts(bench)).length).toBe(2)
  const slug = (await texts(bench))[1]?.invoice?.slug
  expect(await bench.pay(`https://t.me/$${slug}`)).toMatchObject({ status: 'paid' })
  await eventually(async () => (await texts(bench)).length).toBe(4)
  expect(await texts(bench)).toMatchObject([
    { text: '/start' },
    { invoice: { title: 'Gold', paid: true } },
    { payment: { total_amount: 500 } },
    { text: 'Thank you!' },
  ])
}

function lines(code: string): number {
  return code.split('\n').filter((line) => line.trim() !== '').length
}

describe('a bot of ten lines from the README', () => {
  it('sells with grammY, behind a webhook', async () => {
    expect(lines(grammy)).toBeLessThanOrEqual(10)
    const bench = await startBench()
    await run(bench, grammy)
    await eventually(async () => (await info(bench)).url).not.toBe('')
    await sells(bench)
    await eventually(() => bench.deliveries.map(({ ok }) => ok)).toEqual([true, true, true])
  }, 20_000)

  it('sells with node-telegram-bot-api, fetching its updates', async () => {
    expect(lines(nodeTelegram)).toBeLessThanOrEqual(10)
    const bench = await startBench()
    await run(bench, nodeTelegram)
    await sells(bench)
    expect(bench.deliveries).toEqual([])
  }, 20_000)

  it('sells the other way round as well', async () => {
    const first = await startBench()
    await run(first, grammy.replace(/createServer\(webhookCallback[\s\S]*/, 'await bot.start()'))
    await sells(first)
    const second = await startBench()
    const webhook = `
      import { createWebhookServer } from 'node-telegram-bot-api/node'
      createWebhookServer(bot, { secretToken: 'secret' }).listen(8080)
      await bot.api.setWebhook({ url: 'http://127.0.0.1:8080/', secret_token: 'secret' })`
    await run(second, nodeTelegram.replace('await bot.startPolling()', webhook))
    await eventually(async () => (await info(second)).url).not.toBe('')
    await sells(second)
    await eventually(() => second.deliveries.map(({ ok }) => ok)).toEqual([true, true, true])
  }, 30_000)
})

describe('the README', () => {
  it('has an example of every control route', () => {
    const examples = [...README.matchAll(/^curl -sN? ?(.*)$/gm)].map(([, rest = '']) => {
      const path = /\$S(\/[^\s"?]*)/.exec(rest)?.[1] ?? ''
      const named = /-X (\w+)/.exec(rest)?.[1]
      return { path, method: named ?? (rest.includes(' -d ') ? 'POST' : 'GET') }
    })
    const missing = controlRoutes.filter(({ method, pattern }) => {
      return !examples.some((example) => example.method === method && pattern.test(example.path))
    })
    expect(missing).toEqual([])
  })

  it('names every fault', async () => {
    const { faultsSchema } = await import('@/simulator/server/faults')
    for (const name of Object.keys(faultsSchema.shape)) expect(README).toContain(`| \`${name}\``)
  })
})
