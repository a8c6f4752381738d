import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import { closePool } from '@/lib/platform/pool'
import { runCommand } from './local/progress'

/** `npm run reconcile`: everything in Telegram's list, now. */
await runCommand(async () => {
  const { seen, repaired, foreign } = await reconcile({ kind: 'system' }, 'full')
  console.log(`Compared ${seen} transactions with Telegram's list; repaired ${repaired}.`)
  if (foreign > 0) console.log(`${foreign} belong to another shop of this bot and were left alone.`)
  await closePool()
})
