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
    // Somebody who comes back after their data was deleted is somebody again.
    update: { ...profileColumns(profile), deletedAt: null },
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

/** A person as a session of theirs needs them. */
export type SessionUser = {
  profile: Profile
  sessionVersion: number
  isBanned: boolean
  isDeleted: boolean
}

export async function loadSessionUser(telegramUserId: number): Promise<SessionUser | null> {
  const row = await db().user.findUnique({
    where: { telegramUserId },
    select: {
      firstName: true,
      lastName: true,
      username: true,
      languageCode: true,
      sessionVersion: true,
      bannedAt: true,
      deletedAt: true,
    },
  })
  if (!row) return null
  const { sessionVersion, bannedAt, deletedAt, ...names } = row
  return {
    profile: { telegramUserId, ...names },
    sessionVersion,
    isBanned: bannedAt !== null,
    isDeleted: deletedAt !== null,
  }
}

/** Makes the row of somebody new. Names that are there stay: a login knows less than a message. */
export async function insertIfNew(profile: Profile, now: Date): Promise<void> {
  const row = { id: newId(now), telegramUserId: profile.telegramUserId, createdAt: now }
  await db().user.createMany({
    data: [{ ...row, ...profileColumns(profile) }],
    skipDuplicates: true,
  })
}

/** Takes a person back who had their data deleted. Sessions from before stay over. */
export async function reviveUser(profile: Profile): Promise<void> {
  await db().user.updateMany({
    where: { telegramUserId: profile.telegramUserId, deletedAt: { not: null } },
    data: { ...profileColumns(profile), deletedAt: null, sessionVersion: { increment: 1 } },
  })
}

export async function bumpSessionVersion(telegramUserId: number): Promise<void> {
  await db().user.updateMany({
    where: { telegramUserId },
    data: { sessionVersion: { increment: 1 } },
  })
}
