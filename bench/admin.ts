import pg from 'pg'
import { runCommand, step } from '@/commands/local/progress'
import { applyTestEnv } from '@/lib/testing/test-env'
import { openAdminDatabase } from './admin-database'
import { measureList, type PageSpeed } from './page-speed'

/**
 * `npm run bench:admin`: the admin's lists, overview and export beside 10,000,000 payments of
 * 1,000,000 people. `-- --people=10000 --payments=100000` is a small try, and `--data=<folder>`
 * keeps the database for the next run.
 */
const goals = { deepToFirst: 2, exportToCopy: 0.2, exportGrowthMb: 64, rawToOverview: 100 }

/** Of the tables that grow with the shop. A list may read its handful of plans as a whole. */
const large = ['payment_events', 'users', 'invoices', 'entitlements', 'subscriptions', 'audit_log']

const option = (name: string) =>
  process.argv.find((part) => part.startsWith(`--${name}=`))?.slice(name.length + 3)

await runCommand(async () => {
  const size = {
    people: Number(option('people') ?? 1_000_000),
    payments: Number(option('payments') ?? 10_000_000),
  }
  const database = await openAdminDatabase(size, option('data'), step)
  // Read once per process, so it must be there before the first query.
  applyTestEnv({ DATABASE_URL: database.url, LOG_LEVEL: 'error' })
  const { closePool } = await import('@/lib/platform/pool')
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    const { listViews, measureWholeExport } = await import('./admin-views')
    const { measureOverview } = await import('./overview-speed')
    const isMissed: boolean[] = []
    const lists: PageSpeed[] = []
    for (const view of await step('Find deep pages', () => listViews(client))) {
      lists.push(await step(view.name, () => measureList(client, view)))
    }
    const overview = await step('Roll up, overview and raw sums', () => measureOverview(client))
    const file = await step('Export and COPY', () => measureWholeExport(database.url))

    console.log('')
    console.table(
      Object.fromEntries(
        lists.map((list) => {
          const ratio = list.deepMs === null ? null : list.deepMs / list.firstMs
          const whole = list.readWhole.filter((table) => large.includes(table))
          const isReached = (ratio ?? 0) <= goals.deepToFirst && whole.length === 0
          isMissed.push(!isReached)
          return [
            list.name,
            {
              'deep to first': ratio?.toFixed(2) ?? 'no deep page',
              'first, ms': list.firstMs.toFixed(1),
              'read whole': whole.join(', ') || 'none',
              goal: `at most ${goals.deepToFirst}, none`,
              reached: isReached,
            },
          ]
        }),
      ),
    )
    const results = [
      [
        'Raw sums to overview',
        overview.ratio,
        overview.ratio >= goals.rawToOverview &&
          !overview.readWhole.some((table) => large.includes(table)),
        `${goals.rawToOverview} or more, no large table read whole`,
      ],
      [
        'Export to COPY',
        file.toCopy,
        file.toCopy >= goals.exportToCopy,
        `${goals.exportToCopy} or more`,
      ],
      [
        'Memory that the export adds, MB',
        file.growthMb,
        file.growthMb < goals.exportGrowthMb,
        `less than ${goals.exportGrowthMb}`,
      ],
    ] as const
    console.table(
      Object.fromEntries(
        results.map(([name, value, isReached, goal]) => {
          isMissed.push(!isReached)
          return [name, { measured: value.toFixed(2), goal, reached: isReached }]
        }),
      ),
    )
    if (isMissed.includes(true)) process.exitCode = 1
  } finally {
    await client.end()
    await closePool()
    await database.close()
  }
})
