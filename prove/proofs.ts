import { proveBlackout, proveFold, proveHistories } from './generated'
import { proveKills } from './kills'
import { proveOrders } from './orders'
import { proveOutages } from './outages'
import type { Row } from './report'

export type ProofOptions = {
  seed: number
  /** How often, instead of the usual number. */
  times: number | undefined
  /** A regular expression: only what it matches. */
  only: string | undefined
  onRow: (row: Row) => void
}

type Proof = {
  about: string
  needsBuild: boolean
  run: (options: ProofOptions) => Promise<Row[]>
}

/** What `npm run prove` knows, in this order. */
export const proofs = {
  fold: {
    about: 'entitlements of generated histories, in any order, against a simple model',
    needsBuild: false,
    run: async (options) => tell(proveFold(options), options.onRow),
  },
  histories: {
    about: 'generated histories on PostgreSQL, told by several processes at once',
    needsBuild: false,
    run: async (options) => tell(await proveHistories(options), options.onRow),
  },
  orders: {
    about: "every order of histories of Stripe's events, up to six at a time",
    needsBuild: false,
    run: ({ times, only, onRow }) => proveOrders({ times, only, onRow }),
  },
  blackout: {
    about: 'a day of 10,000 charges and refunds that nobody told us about',
    needsBuild: false,
    run: async (options) => tell(await proveBlackout(options), options.onRow),
  },
  outages: {
    about: 'PostgreSQL, its connections and the server go away while people buy',
    needsBuild: true,
    run: ({ times = 20, only, onRow }) => proveOutages({ times, only, onRow }),
  },
  kills: {
    about: 'the production server is killed at every step seen from outside',
    needsBuild: true,
    run: ({ times = 20, only, onRow }) => proveKills({ times, only, onRow }),
  },
} as const satisfies Record<string, Proof>

function tell(rows: Row[], onRow: (row: Row) => void): Row[] {
  for (const row of rows) onRow(row)
  return rows
}
