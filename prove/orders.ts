import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { stripeHistories } from '@/lib/testing/stripe-histories'
import type { OrdersAsked, OrdersReply } from '@/lib/testing/stripe-orders-process'
import { withDatabases } from './database'
import { makeRow, type Row } from './report'

const file = fileURLToPath(new URL('../lib/testing/stripe-orders-process.ts', import.meta.url))
const databases = ['orders_a', 'orders_b']
const toldWays = {
  as_it_happens: 'told as it happens',
  afterwards: 'told when it is over',
} as const
const problemsShown = 5

/** Every order of every history of Stripe's events, of one event up to all. One row per history. */
export function proveOrders(options: {
  times?: number | undefined
  /** A regular expression: only histories that it matches. */
  only?: string | undefined
  onRow?: (row: Row) => void
}): Promise<Row[]> {
  const waiting = stripeHistories.flatMap(({ about }, history) =>
    (['as_it_happens', 'afterwards'] as const)
      .map((told) => ({ what: `${about}; ${toldWays[told]}`, history, told }))
      .filter(({ what }) => new RegExp(options.only ?? '').test(what)),
  )
  const rows: Row[] = []
  return withDatabases(databases, async (urls) => {
    await Promise.all(
      urls.map((url) =>
        inProcess(url, async (ask) => {
          for (let next = waiting.shift(); next; next = waiting.shift()) {
            const { what, history, told } = next
            const row = rowOf(what, await ask({ history, told, most: options.times ?? null }))
            rows.push(row)
            options.onRow?.(row)
          }
        }),
      ),
    )
    return rows
  })
}

function rowOf(what: string, reply: OrdersReply): Row {
  if ('problem' in reply) return makeRow('orders', what, { times: 1, problems: [reply.problem] })
  return makeRow('orders', what, {
    times: reply.orders,
    problems: reply.problems.slice(0, problemsShown),
  })
}

/** Our code reads its environment once, so a database needs a process of its own. */
async function inProcess(
  databaseUrl: string,
  work: (ask: (asked: OrdersAsked) => Promise<OrdersReply>) => Promise<void>,
): Promise<void> {
  const child = fork(file, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  })
  try {
    await work((asked) => answerOf(child, asked))
  } finally {
    const exited = child.exitCode === null ? once(child, 'exit') : undefined
    child.kill('SIGKILL')
    await exited
  }
}

function answerOf(child: ChildProcess, asked: OrdersAsked): Promise<OrdersReply> {
  return new Promise((resolve) => {
    const ended = () => resolve({ problem: 'the process ended' })
    child.once('exit', ended)
    child.once('message', (reply: OrdersReply) => {
      child.off('exit', ended)
      resolve(reply)
    })
    child.send(asked)
  })
}
