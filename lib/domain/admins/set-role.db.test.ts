import { describe, expect, it } from 'vitest'
import { listAudit } from '@/lib/domain/audit/queries'
import { db } from '@/lib/platform/db'
import { setRole } from './set-role'

const system = { kind: 'system' } as const

describe('a role that changes', () => {
  it('is written down with the one before', async () => {
    await setRole(system, 71, 'viewer', 'begins')
    await setRole(system, 71, 'owner', 'stays')
    await setRole(system, 71, null, 'leaves')
    const rows = await db().auditEntry.findMany({
      where: { subject: 'role', subjectId: '71' },
      orderBy: { id: 'asc' },
    })
    expect(rows.map((row) => row.details)).toEqual([
      { role: 'viewer', previous_role: null },
      { role: 'owner', previous_role: 'viewer' },
      { role: null, previous_role: 'owner' },
    ])
    const { entries } = await listAudit(system, { subject: 'role', id: '71' })
    expect(entries.at(-1)?.details).toEqual({ role: 'viewer', previous_role: 'none' })
  })
})
