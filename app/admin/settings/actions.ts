'use server'

import { z } from 'zod'
import { adminRole } from '@/lib/domain/admins/schema'
import { setRole } from '@/lib/domain/admins/set-role'
import { saveSettings } from '@/lib/domain/settings/save-settings'
import type { SettingChanges } from '@/lib/domain/settings/schema'
import { adminAction } from '@/lib/web/admin-action'

// The verb judges the values and names the setting that does not fit.
const changes = z.custom<SettingChanges>((value) => typeof value === 'object' && value !== null)
const saving = z.object({ changes, version: z.string().max(40) })
const roleOf = z.object({
  telegramUserId: z.int().positive(),
  role: adminRole.nullable(),
  reason: z.string().trim().min(1).max(500),
})

const decide = adminAction(saving, (admin, input) =>
  saveSettings(admin, input.changes, input.version),
)
const give = adminAction(roleOf, (admin, { telegramUserId, role, reason }) =>
  setRole(admin, telegramUserId, role, reason),
)

export async function save(input: Parameters<typeof decide>[0]) {
  return decide(input)
}

export async function changeRole(input: Parameters<typeof give>[0]) {
  return give(input)
}
