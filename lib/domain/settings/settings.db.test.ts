import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '@/lib/platform/pool'
import { loadSettings } from './queries'
import { forgetRecentSettings, recentSettings } from './recent'
import { saveSetting } from './save-setting'

const system = { kind: 'system' } as const

beforeEach(forgetRecentSettings)
afterEach(async () => {
  await pool().query('delete from settings')
})

describe('settings', () => {
  it('are the defaults while the owner decided nothing', async () => {
    expect(await loadSettings()).toMatchObject({ shopName: 'Starpass', accent: '', logo: '' })
  })

  it('are shown on the next page after they were saved', async () => {
    await recentSettings()
    await saveSetting(system, 'shopName', 'North Reading')
    expect((await recentSettings()).shopName).toBe('North Reading')
  })

  it('are audited', async () => {
    await saveSetting(system, 'accent', '#00aa88')
    const { rows } = await pool().query(
      "select actor, action, subject_id from audit_log where subject = 'setting' order by at desc limit 1",
    )
    expect(rows).toEqual([{ actor: 'system', action: 'save_setting', subject_id: 'accent' }])
  })

  it('refuse what does not fit and stay as they were', async () => {
    await expect(saveSetting(system, 'accent', 'red')).rejects.toThrow()
    expect((await loadSettings()).accent).toBe('')
  })

  it('fall back to the default where an older row does not fit', async () => {
    await pool().query(
      "insert into settings (name, value, updated_by, updated_at) values ('logo', '7', 'x', now())",
    )
    expect((await loadSettings()).logo).toBe('')
  })

  it('are asked for once by many pages at the same time', async () => {
    const pages = await Promise.all(Array.from({ length: 50 }, () => recentSettings()))
    expect(new Set(pages).size).toBe(1)
  })

  it('stay as they were last while the database fails', async () => {
    await saveSetting(system, 'shopName', 'Kept')
    await recentSettings()
    await pool().query('alter table settings rename to settings_away')
    try {
      forgetRecentSettings()
      expect((await recentSettings()).shopName).toBe('Kept')
    } finally {
      await pool().query('alter table settings_away rename to settings')
    }
  })
})
