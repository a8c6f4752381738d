import { replayUpdate } from '@/lib/bot/replay-update'
import { listOpenFindings } from '@/lib/domain/findings/queries'
import { resolveFinding } from '@/lib/domain/findings/resolve-finding'
import { markRefunded } from '@/lib/domain/payments/mark-refunded'
import { listReviews } from '@/lib/domain/payments/queries'
import { requestRefund } from '@/lib/domain/payments/request-refund'
import { honourPayment, leavePayment, replayPayment } from '@/lib/domain/payments/settle-review'
import { listWaitingUpdates } from '@/lib/domain/updates/queries'
import { settleUpdate } from '@/lib/domain/updates/settle-update'
import { findingText } from '@/lib/messages/findings'
import { reviewWords } from '@/lib/messages/review'
import { closePool } from '@/lib/platform/pool'
import { runCommand } from './local/progress'

const system = { kind: 'system' } as const

type Act = (id: string, words: string[]) => Promise<string>

/** What can be done with something that waits; `words` are what follows its id. */
const acts: Record<string, Act> = {
  replay: async (id) => {
    if ((await kindOf(id)) === 'update') {
      await replayUpdate(system, id)
      return reviewWords.handled
    }
    return reviewWords.replayed(await replayPayment(system, id))
  },
  honour: async (id, words) => {
    const [planCode, reason] = words.length > 1 ? words : [null, words[0]]
    await honourPayment(system, id, { planCode: planCode ?? null, reason: reason ?? '' })
    return reviewWords.honoured
  },
  refund: async (id, [reason = '']) => reviewWords.refund[await requestRefund(system, id, reason)],
  'mark-refunded': async (id, [reason = '']) =>
    (await markRefunded(system, id, reason)) === 'refunded'
      ? reviewWords.marked.refunded
      : reviewWords.marked.other,
  leave: async (id, [reason = '']) => {
    const leave = {
      charge: () => leavePayment(system, id, reason),
      update: () => settleUpdate(system, id, { state: 'dismissed', reason }),
      finding: () => resolveFinding(system, id, reason),
    }
    await leave[await kindOf(id)]()
    return reviewWords.left
  },
}

async function kindOf(id: string): Promise<'charge' | 'update' | 'finding'> {
  const [updates, findings] = await Promise.all([
    listWaitingUpdates(system, 10_000),
    listOpenFindings(system, 10_000),
  ])
  if (updates.some((one) => one.id === id)) return 'update'
  return findings.some((one) => one.id === id) ? 'finding' : 'charge'
}

/** Of each kind; who settles these sees the rest. */
const listedMost = 100

async function list(): Promise<string> {
  const [charges, updates, findings] = await Promise.all([
    listReviews(system, listedMost + 1),
    listWaitingUpdates(system, listedMost + 1),
    listOpenFindings(system, listedMost + 1),
  ])
  const shown = <T>(rows: T[], say: (row: T) => string) => [
    ...rows.slice(0, listedMost).map(say),
    ...(rows.length > listedMost ? [reviewWords.more(listedMost)] : []),
  ]
  const parts = [
    ...shown(charges, reviewWords.charge),
    ...shown(updates, reviewWords.update),
    ...shown(findings, (one) => reviewWords.finding(one.id, findingText(one))),
  ]
  if (parts.length === 0) return reviewWords.nothing
  return [...parts, reviewWords.usage].join('\n\n')
}

/** `npm run review`: what waits for a person, and what to do about it. */
await runCommand(async () => {
  const [name, id, ...words] = process.argv.slice(2)
  const act = name ? acts[name] : undefined
  if (!name || name === 'list') console.log(await list())
  else if (act && id) console.log(await act(id, words))
  else throw new Error(reviewWords.usage)
  await closePool()
})
