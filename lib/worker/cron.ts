import type { TaskList } from 'graphile-worker'
import { closeUncharged } from '@/lib/domain/payments/close-uncharged'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'

const system = { kind: 'system' } as const

/** What happens by the clock: name → [when, in cron's words, UTC; what]. */
const table = {
  reconcile: ['*/5 * * * *', () => reconcile(system, 'tail')],
  close_uncharged: ['*/5 * * * *', () => closeUncharged(system)],
} as const satisfies Record<string, readonly [string, () => Promise<unknown>]>

export const crontab = Object.entries(table)
  .map(([name, [when]]) => `${when} ${name}`)
  .join('\n')

export const cronTasks: TaskList = Object.fromEntries(
  Object.entries(table).map(([name, [, work]]) => [
    name,
    async () => {
      await work()
    },
  ]),
)
