import { metricsText } from '@/lib/platform/metrics'

/** The metrics of the product itself, without those of the runtime; a histogram by its count. */
const ours = /^(?:telegram|rate_limit|reconciliation|security|entitlement)_/

/** Every sample of our metrics now: `name{label="value"}` → value. */
export async function readMetrics(): Promise<Map<string, number>> {
  const { body } = await metricsText()
  const samples = body
    .split('\n')
    .filter((row) => ours.test(row) && !/_(?:bucket|sum)(?:\{| )/.test(row))
    .map((row): [string, number] => {
      const at = row.lastIndexOf(' ')
      return [row.slice(0, at), Number(row.slice(at + 1))]
    })
  return new Map(samples)
}

/** By how much each sample moved while the work was done; nothing for those that did not. */
export async function movedBy(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await readMetrics()
  await work()
  const after = await readMetrics()
  return Object.fromEntries(
    [...after]
      .map(([name, value]) => [name, value - (before.get(name) ?? 0)] as const)
      .filter(([, by]) => by !== 0),
  )
}

/** The same without the histogram that moves with every delivery. */
export async function countersMovedBy(
  work: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const moved = Object.entries(await movedBy(work))
  return Object.fromEntries(moved.filter(([name]) => !name.startsWith('telegram_webhook_')))
}
