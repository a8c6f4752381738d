import { listOpenFindings } from '@/lib/domain/findings/queries'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import { findingText } from '@/lib/messages/findings'
import { closePool } from '@/lib/platform/pool'
import { runCommand } from './local/progress'

const system = { kind: 'system' } as const

/** `npm run reconcile`: everything in Telegram's list, now. */
await runCommand(async () => {
  const reconciled = await reconcile(system, 'full')
  if (reconciled === 'busy') {
    console.log('A comparison is running already. Try again in a minute.')
  } else {
    const { seen, repaired, foreign } = reconciled
    console.log(`Compared ${seen} transactions with Telegram's list; repaired ${repaired}.`)
    if (foreign > 0) console.log(`${foreign} belong to another shop and were left alone.`)
    for (const finding of await listOpenFindings(system)) console.log(`\n${findingText(finding)}`)
  }
  await closePool()
})
