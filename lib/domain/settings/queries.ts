import { type Manager, requirePower } from '@/lib/kit/powers'
import { readSetting, type SettingName, type Settings, settings } from './schema'
import { loadLastChange, loadRows } from './store'

/** Every setting, with its default where the owner decided nothing. Public: needs no actor. */
export async function loadSettings(): Promise<Settings> {
  const rows = await loadRows()
  const entries = Object.entries(settings).map(([name, schema]) => {
    return [name, readSetting(schema, rows.get(name))]
  })
  // Every name of the table is mapped to what its own schema says.
  return Object.fromEntries(entries) as Record<SettingName, unknown> as Settings
}

/** The settings for their form, with the version that `saveSettings` asks for. */
export async function settingsToEdit(
  actor: Manager,
): Promise<{ settings: Settings; version: string }> {
  requirePower(actor, 'edit_settings')
  // The version first: a change between the two is then a conflict and not overwritten.
  const version = versionOf(await loadLastChange())
  return { settings: await loadSettings(), version }
}

export const versionOf = (last: Date | null) => last?.toISOString() ?? 'none'
