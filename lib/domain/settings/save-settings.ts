import { isDeepStrictEqual } from 'node:util'
import { recordAudit } from '@/lib/domain/audit/record-audit'
import { actorName } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { versionOf } from './queries'
import { forgetRecentSettings } from './recent'
import {
  readSetting,
  type SettingChanges,
  type SettingName,
  settingChanges,
  settings,
} from './schema'
import { lockRows, saveRow } from './store'

/**
 * Decides several settings at once, all or none, and answers the new version. What stays the same is
 * neither written nor audited. Refuses: forbidden, invalid_request (names the setting), conflict
 * (somebody saved after `version` was read).
 */
export async function saveSettings(
  actor: Manager,
  changes: SettingChanges,
  version: string,
): Promise<string> {
  requirePower(actor, 'edit_settings')
  const decided = parse(changes)
  const clock = await now()
  const saved = await inTransaction(async (tx) => {
    const { rows, last } = await lockRows(tx)
    if (versionOf(last) !== version) {
      throw new Refusal(
        'conflict',
        'Somebody else saved settings meanwhile. Reload the page, then repeat your changes.',
      )
    }
    // A version is never used twice, however coarse or late the clock is.
    const at = last && last >= clock ? new Date(last.getTime() + 1) : clock
    let isChanged = false
    // `decided` has names of settings only: its schema is strict.
    for (const [name, value] of Object.entries(decided) as [SettingName, never][]) {
      const before = readSetting(settings[name], rows.get(name))
      if (isDeepStrictEqual(before, value)) continue
      isChanged = true
      await saveRow(tx, name, value, actorName(actor), at)
      const details = { from: inShort(name, before), to: inShort(name, value) }
      const entry = {
        action: 'save_setting',
        subject: 'setting',
        subjectId: name,
        details,
      } as const
      await recordAudit(tx, actor, entry, at)
    }
    return isChanged ? versionOf(at) : version
  })
  forgetRecentSettings()
  return saved
}

/** Only names that were given: a default is not a decision. */
function parse(changes: SettingChanges): SettingChanges {
  const result = settingChanges.safeParse(changes)
  if (!result.success) {
    const words = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new Refusal('invalid_request', words.join('; '))
  }
  return Object.fromEntries(Object.entries(result.data).filter(([name]) => name in changes))
}

const shortest = 200

/** A value for the audit log: whole while it is short, never the bytes of a picture. */
function inShort(name: SettingName, value: unknown): string {
  if (name === 'logo') return value ? 'a picture' : 'none'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= shortest ? text : `a text of ${text.length} characters`
}
