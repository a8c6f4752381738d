import type { Profile } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { Reachable } from './schema'

const profileColumns = (profile: Profile) => ({
  firstName: profile.firstName,
  lastName: profile.lastName,
  username: profile.username,
  languageCode: profile.languageCode,
})

/** The person's row, made if there is none; names follow what Telegram says now. */
export async function upsertUser(profile: Profile, now: Date): Promise<{ id: string }> {
  return db().user.upsert({
    where: { telegramUserId: profile.telegramUserId },
    update: profileColumns(profile),
    create: {
      id: newId(now),
      telegramUserId: profile.telegramUserId,
      ...profileColumns(profile),
      createdAt: now,
    },
    select: { id: true },
  })
}

export async function setReachable(telegramUserId: number, reachable: Reachable): Promise<void> {
  await db().user.updateMany({
    where: { telegramUserId, reachable: { not: reachable } },
    data: { reachable },
  })
}

export async function openSupport(telegramUserId: number, until: Date): Promise<void> {
  await db().user.updateMany({ where: { telegramUserId }, data: { supportOpenUntil: until } })
}

/** True for the one caller that closes an open support request. */
export async function closeSupport(telegramUserId: number, now: Date): Promise<boolean> {
  const { count } = await db().user.updateMany({
    where: { telegramUserId, supportOpenUntil: { gte: now } },
    data: { supportOpenUntil: null },
  })
  return count === 1
}
