import { recordAudit } from '@/lib/domain/audit/record-audit'
import { actorName } from '@/lib/kit/actor'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { forgetRecentSettings } from './recent'
import { type SettingName, type Settings, settings } from './schema'
import { saveRow } from './store'

/** Decides one setting. Throws a `ZodError` on a value that does not fit. */
export async function saveSetting<K extends SettingName>(
  actor: Manager,
  name: K,
  value: Settings[K],
): Promise<void> {
  requirePower(actor, 'edit_settings')
  const decided = settings[name].parse(value)
  const at = await now()
  await inTransaction(async (tx) => {
    await saveRow(tx, name, decided, actorName(actor), at)
    await recordAudit(
      tx,
      actor,
      { action: 'save_setting', subject: 'setting', subjectId: name },
      at,
    )
  })
  forgetRecentSettings()
}
