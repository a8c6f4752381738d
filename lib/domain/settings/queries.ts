import { type SettingName, type Settings, settings } from './schema'
import { loadRows } from './store'

/** Every setting, with its default where the owner decided nothing. Public: needs no actor. */
export async function loadSettings(): Promise<Settings> {
  const rows = await loadRows()
  const entries = Object.entries(settings).map(([name, schema]) => {
    const read = schema.safeParse(rows.get(name))
    return [name, read.success ? read.data : schema.parse(undefined)]
  })
  // Every name of the table is mapped to what its own schema says.
  return Object.fromEntries(entries) as Record<SettingName, unknown> as Settings
}
