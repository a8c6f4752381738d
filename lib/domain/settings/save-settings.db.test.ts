import { afterEach, expect, it } from 'vitest'
import { listAudit } from '@/lib/domain/audit/queries'
import type { AdminActor, AdminRole } from '@/lib/kit/actor'
import { pool } from '@/lib/platform/pool'
import { loadSettings, settingsToEdit } from './queries'
import { saveSettings } from './save-settings'

const admin = (role: AdminRole): AdminActor => ({
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role,
  from: '127.0.0.1',
})
const owner = admin('owner')
const png = `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).toString('base64')}`
const version = async () => (await settingsToEdit(owner)).version
const entries = async () => (await listAudit(owner, { subject: 'setting' })).entries

afterEach(async () => {
  await pool().query('delete from settings')
  await pool().query('truncate audit_log')
})

it('saves several settings at once and audits each with what it was and is', async () => {
  await saveSettings(owner, { shopName: 'North', accent: '#00aa88', logo: png }, await version())
  expect(await loadSettings()).toMatchObject({ shopName: 'North', accent: '#00aa88', logo: png })
  const told = await entries()
  expect(told.map((one) => one.subject_id).sort()).toEqual(['accent', 'logo', 'shopName'])
  expect(told.find((one) => one.subject_id === 'shopName')).toMatchObject({
    actor: '1',
    from: '127.0.0.1',
    details: { from: 'Starpass', to: 'North' },
  })
  expect(JSON.stringify(told)).not.toContain('base64')
})

it('saves nothing when one value does not fit', async () => {
  const saving = saveSettings(owner, { shopName: 'North', accent: 'red' }, await version())
  await expect(saving).rejects.toMatchObject({ code: 'invalid_request' })
  expect((await loadSettings()).shopName).toBe('Starpass')
  expect(await entries()).toEqual([])
})

it('lets one of two admins win and tells the other', async () => {
  const seen = await version()
  const both = await Promise.allSettled([
    saveSettings(owner, { shopName: 'One' }, seen),
    saveSettings(owner, { headline: 'Two' }, seen),
  ])
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(both.find((one) => one.status === 'rejected')).toMatchObject({
    reason: { code: 'conflict' },
  })
  expect(await entries()).toHaveLength(1)
})

it('neither writes nor audits what stays the same', async () => {
  const seen = await version()
  expect(await saveSettings(owner, { shopName: 'Starpass' }, seen)).toBe(seen)
  expect(await entries()).toEqual([])
})

it.each(['support', 'viewer'] as const)('is not for the role %s', async (role) => {
  const seen = await version()
  const refused = { code: 'forbidden' }
  await expect(saveSettings(admin(role), {}, seen)).rejects.toMatchObject(refused)
  await expect(settingsToEdit(admin(role))).rejects.toMatchObject(refused)
})
