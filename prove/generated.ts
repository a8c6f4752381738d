import { isRestored, runBlackout } from '@/lib/testing/blackout'
import { checkFold, foldProperties } from '@/lib/testing/fold-properties'
import { runMoneyHistories } from '@/lib/testing/money-run'
import { withDatabase } from './database'
import { makeRow, type Row } from './report'

const foldRuns = 50_000
const historyPeople = 400
const blackoutSize = 10_000

/** Generated histories, folded in any order and compared with the simple model. */
export function proveFold(options: { seed: number; times?: number | undefined }): Row[] {
  const runs = options.times ?? foldRuns
  // Every name of the table is one of its keys.
  const names = Object.keys(foldProperties) as (keyof typeof foldProperties)[]
  return names.map((name) => {
    const problems: string[] = []
    try {
      checkFold(name, { runs, seed: options.seed })
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
    return makeRow('fold', name, { times: runs, seed: options.seed, problems })
  })
}

/** Generated histories, delivered to PostgreSQL by several processes at once. */
export function proveHistories(options: {
  seed: number
  times?: number | undefined
}): Promise<Row[]> {
  return withDatabase(async (databaseUrl) => {
    const people = options.times ?? historyPeople
    const run = await runMoneyHistories({
      databaseUrl,
      seed: options.seed,
      people,
      roundSize: 100,
      workers: 4,
    })
    const what = `${run.deliveries} deliveries by 4 processes, all invariants after every 100`
    const row = { times: people, seed: options.seed, problems: run.problems }
    return [makeRow('histories', what, row)]
  })
}

/** A day of charges and refunds that only Telegram's list knows. */
export function proveBlackout(options: {
  seed: number
  times?: number | undefined
}): Promise<Row[]> {
  return withDatabase(async (databaseUrl) => {
    const size = options.times ?? blackoutSize
    const one = await runBlackout({ databaseUrl, seed: options.seed, size })
    const untold = one.charges + one.refunds
    const what = `${one.charges} charges and ${one.refunds} refunds among ${one.rows} rows, one comparison`
    const problems = isRestored(one) ? [] : [...one.problems, 'not everything was restored once']
    return [
      makeRow('blackout', what, {
        times: untold,
        lost: Math.max(0, untold - one.repaired),
        doubled: Math.max(0, one.repaired - untold) + one.repairedAgain,
        seed: options.seed,
        problems,
      }),
    ]
  })
}
