import { pool } from './pool'

/** Work of which only one may run at a time, over all processes. */
const works = { reconciliation: 1 } as const

/** Distinguishes our advisory locks from those of others in the same database. */
const lockSpace = 7_380_002

/**
 * Does the work unless somebody does it already, in whatever process; then `busy`. A killed process
 * lets go by itself, because the lock is its connection's.
 */
export async function exclusively<T>(
  name: keyof typeof works,
  work: () => Promise<T>,
): Promise<{ kind: 'done'; result: T } | { kind: 'busy' }> {
  const client = await pool().connect()
  let isLost = false
  const lose = () => {
    isLost = true
  }
  client.once('error', lose)
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1, $2) as taken',
      [lockSpace, works[name]],
    )
    if (!rows[0]?.taken) return { kind: 'busy' }
    try {
      return { kind: 'done', result: await work() }
    } finally {
      if (!isLost) {
        await client
          .query('select pg_advisory_unlock($1, $2)', [lockSpace, works[name]])
          .catch(lose)
      }
    }
  } finally {
    client.off('error', lose)
    // A connection whose lock could not be given back is closed, which gives it back.
    client.release(isLost)
  }
}
