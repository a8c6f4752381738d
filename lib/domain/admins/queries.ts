import type { AdminActor, PersonActor } from '@/lib/kit/actor'
import { hasPower, type Manager, requirePower } from '@/lib/kit/powers'
import { env } from '@/lib/platform/env'
import { type AdminDto, adminRole } from './schema'
import { loadNames, loadRole, loadRoles } from './store'

/** The person as an admin, with the role they have now; null for everybody else. */
export async function findAdmin(person: PersonActor, from: string): Promise<AdminActor | null> {
  const { telegramUserId, firstName } = person
  if (isFixedOwner(telegramUserId)) {
    return { kind: 'admin', telegramUserId, firstName, role: 'owner', from }
  }
  const role = adminRole.safeParse(await loadRole(telegramUserId))
  return role.success ? { kind: 'admin', telegramUserId, firstName, role: role.data, from } : null
}

/** Whether somebody has a role, whatever it may do. */
export async function runsShop(telegramUserId: number): Promise<boolean> {
  return isFixedOwner(telegramUserId) || (await loadRole(telegramUserId)) !== null
}

/** Telegram ids of all who hear of what needs a person: those who may settle it, each once. */
export async function listAlerted(actor: Manager): Promise<number[]> {
  requirePower(actor, 'view')
  const given = (await loadRoles()).filter((row) => hasPower(adminRole.parse(row.role), 'settle'))
  return [
    ...new Set([...env().ADMIN_TELEGRAM_IDS, ...given.map((row) => Number(row.telegramUserId))]),
  ]
}

/** Everybody who runs the shop, fixed owners first. */
export async function listAdmins(actor: Manager): Promise<AdminDto[]> {
  requirePower(actor, 'edit_roles')
  const fixed = env().ADMIN_TELEGRAM_IDS
  const given = (await loadRoles()).filter((row) => !isFixedOwner(Number(row.telegramUserId)))
  const names = await loadNames([...fixed, ...given.map((row) => Number(row.telegramUserId))])
  const nameOf = (id: number) => {
    const row = names.find((one) => Number(one.telegramUserId) === id)
    return { telegram_id: id, name: row?.firstName ?? '', username: row?.username ?? null }
  }
  return [
    ...fixed.map((id) => ({
      ...nameOf(id),
      role: 'owner' as const,
      is_fixed: true,
      granted_by: null,
      granted_at: null,
    })),
    ...given.map((row) => ({
      ...nameOf(Number(row.telegramUserId)),
      role: adminRole.parse(row.role),
      is_fixed: false,
      granted_by: row.grantedBy,
      granted_at: row.grantedAt.toISOString(),
    })),
  ]
}

export const isFixedOwner = (telegramUserId: number) =>
  env().ADMIN_TELEGRAM_IDS.includes(telegramUserId)
