import { afterEach, expect, it } from 'vitest'
import { pool } from '@/lib/platform/pool'
import { inTransaction } from '@/lib/platform/transaction'
import { listAudit } from './queries'
import { recordAudit } from './record-audit'

const system = { kind: 'system' } as const
const write = (id: string, at: Date) =>
  inTransaction((tx) =>
    recordAudit(tx, system, { action: 'save_setting', subject: 'setting', subjectId: id }, at),
  )

afterEach(async () => {
  await pool().query('truncate audit_log')
})

it('refuses to change or delete what was written', async () => {
  await write('accent', new Date())
  await expect(pool().query("update audit_log set actor = 'nobody'")).rejects.toThrow('append-only')
  await expect(pool().query('delete from audit_log')).rejects.toThrow('append-only')
  expect((await listAudit(system, {})).entries).toHaveLength(1)
})

it('visits every entry once in both directions, also those of one moment', async () => {
  const start = Date.UTC(2026, 0, 1)
  for (let index = 0; index < 11; index += 1) {
    await write(`${index}`, new Date(start + Math.floor(index / 4)))
  }
  const down: string[] = []
  let page = await listAudit(system, {}, 3)
  expect(page.newer).toBeNull()
  for (;;) {
    down.push(...page.entries.map((one) => one.id))
    if (!page.older) break
    page = await listAudit(system, { before: page.older }, 3)
  }
  expect(new Set(down).size).toBe(11)
  expect(down).toHaveLength(11)
  let up = page.entries.map((one) => one.id)
  while (page.newer) {
    page = await listAudit(system, { after: page.newer }, 3)
    up = [...page.entries.map((one) => one.id), ...up]
  }
  expect(up).toEqual(down)
})

it('finds by days, which end at midnight UTC', async () => {
  await write('late', new Date('2026-01-01T23:59:59.999Z'))
  await write('next', new Date('2026-01-02T00:00:00.000Z'))
  const { entries } = await listAudit(system, { from: '2026-01-01', to: '2026-01-01' })
  expect(entries.map((one) => one.subject_id)).toEqual(['late'])
})

it('is not for viewers', async () => {
  const viewer = { kind: 'admin', telegramUserId: 1, firstName: '', role: 'viewer', from: '' }
  await expect(listAudit(viewer as never, {})).rejects.toMatchObject({ code: 'forbidden' })
})
