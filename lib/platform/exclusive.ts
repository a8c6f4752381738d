import { single } from './global'
import { pool } from './pool'

/** Work of which only one may run at a time, over all processes. */
const works = { reconciliation: 1 } as const

/** Distinguishes our advisory locks from those of others in the same database. */
const lockSpace = 7_380_002
const keySpace = 7_380_003

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

/** How long one waits for another at the same key. */
const patienceMs = 5000

/**
 * Does work about the same thing one after another, over all processes: what is read outside inside
 * of it is then at least as new as what the one before read. Throws when the wait gets too long.
 */
export async function serially<T>(key: string, work: () => Promise<T>): Promise<T> {
  const { slots } = single('serially', () => ({ slots: makeSlots(slotsMax) }))
  return slots(() => holding(key, work))
}

/** Whoever holds a key holds a connection, and its work needs another. */
const slotsMax = 3

function makeSlots(most: number) {
  let busy = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The slot goes from hand to hand, so nobody can slip in between.
      if (next) next()
      else busy -= 1
    }
  }
}

async function holding<T>(key: string, work: () => Promise<T>): Promise<T> {
  const client = await pool().connect()
  let isLost = false
  const lose = () => {
    isLost = true
  }
  client.once('error', lose)
  try {
    await client.query(`set lock_timeout = ${patienceMs}`)
    await client.query('select pg_advisory_lock($1, hashtext($2))', [keySpace, key])
    try {
      return await work()
    } finally {
      if (!isLost) {
        await client
          .query('select pg_advisory_unlock($1, hashtext($2))', [keySpace, key])
          .catch(lose)
      }
    }
  } finally {
    if (!isLost) await client.query('reset lock_timeout').catch(lose)
    client.off('error', lose)
    client.release(isLost)
  }
}
