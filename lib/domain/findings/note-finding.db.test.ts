import { describe, expect, it } from 'vitest'
import { pool } from '@/lib/platform/pool'
import { noteFinding } from './note-finding'
import { resolveOthers } from './resolve-finding'

const system = { kind: 'system' } as const

const told = async () =>
  (await pool().query(`select from graphile_worker.jobs where task_identifier = 'tell_admins'`))
    .rowCount

describe('a matter', () => {
  it('that is seen again while it is open is told once', async () => {
    const matter = { kind: 'partial_refund', subject: 'one', details: { waiting: 1 } } as const
    await noteFinding(system, matter)
    await noteFinding(system, matter)
    await noteFinding(system, { ...matter, details: { waiting: 2 } })
    expect(await told()).toBe(1)
  })

  it('is told again when it was over and came back', async () => {
    const before = (await told()) ?? 0
    const matter = { kind: 'partial_refund', subject: 'two', details: {} } as const
    await noteFinding(system, matter)
    await resolveOthers(system, 'partial_refund', [])
    // A job of the same millisecond would be the same job.
    await pool().query('select pg_sleep(0.01)')
    await noteFinding(system, matter)
    await noteFinding(system, matter)
    expect((await told()) ?? 0).toBe(before + 2)
  })
})
