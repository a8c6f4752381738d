import { approve, type Bench, startBench } from '@/simulator/server/testing/harness'
import { ofType } from './helpers'

/** A bot behind a webhook that approves every purchase, and what has reached it. */

export async function hooked() {
  const bench = await startBench()
  return { bench, hook: await bench.hook(approve) }
}

/** What reached the bot of this type, after all has come to rest. */
export async function got(
  bench: Bench,
  hook: { received: Parameters<typeof ofType>[0] },
  type: string,
) {
  await bench.settle()
  return ofType(hook.received, type)
}

/** The payments that reached the bot. */
export async function paid(bench: Bench, hook: { received: Parameters<typeof ofType>[0] }) {
  const messages = await got(bench, hook, 'message')
  return messages.flatMap(({ successful_payment: payment }) => {
    return payment === undefined ? [] : [payment as Record<string, unknown>]
  })
}
