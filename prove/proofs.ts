import { proveKills } from './kills'
import type { Row } from './report'

export type ProofOptions = {
  seed: number
  /** How often, instead of the usual number. */
  times: number | undefined
  /** Only what has this in its name. */
  only: string | undefined
  onRow: (row: Row) => void
}

type Proof = { about: string; run: (options: ProofOptions) => Promise<Row[]> }

/** What `npm run prove` knows, in this order. */
export const proofs = {
  kills: {
    about: 'the production server is killed at every step seen from outside',
    run: ({ times = 20, only, onRow }) => proveKills({ times, only, onRow }),
  },
} as const satisfies Record<string, Proof>
