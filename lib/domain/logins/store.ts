import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { LoginQuestion } from './schema'

export type NewLogin = {
  code: string
  browserHash: string
  browser: string
  now: Date
  expiresAt: Date
}

/** Keeps a new code and forgets the browser's earlier ones, and those nobody can use any more. */
export async function replaceLogin(
  login: NewLogin,
  earlierHash: string | undefined,
  forgetBefore: Date,
): Promise<void> {
  const { now, ...columns } = login
  await db().$transaction([
    db().loginCode.deleteMany({
      where: {
        OR: [
          ...(earlierHash ? [{ browserHash: earlierHash }] : []),
          { expiresAt: { lt: forgetBefore } },
        ],
      },
    }),
    db().loginCode.create({ data: { id: newId(now), ...columns, createdAt: now } }),
  ])
}

export function loadByBrowser(
  browserHash: string,
): Promise<{ code: string; state: string; expiresAt: Date } | null> {
  return db().loginCode.findFirst({
    where: { browserHash },
    select: { code: true, state: true, expiresAt: true },
  })
}

export async function loadByCode(
  code: string,
): Promise<(LoginQuestion & { state: string; expiresAt: Date }) | null> {
  const row = await db().loginCode.findUnique({
    where: { code },
    select: { code: true, browser: true, createdAt: true, state: true, expiresAt: true },
  })
  if (!row) return null
  const { createdAt, ...rest } = row
  return { ...rest, askedAt: createdAt }
}

/** True for the one caller whose answer settles an open code. */
export async function settle(
  code: string,
  answer: { state: 'confirmed' | 'denied'; telegramUserId: number; expiresAt: Date },
  now: Date,
): Promise<boolean> {
  const { count } = await db().loginCode.updateMany({
    where: { code, state: 'pending', expiresAt: { gt: now } },
    data: { ...answer, settledAt: now },
  })
  return count === 1
}

/** Who confirmed, for the one caller that uses a confirmed code. */
export async function takeConfirmed(browserHash: string, now: Date): Promise<number | undefined> {
  const [row] = await db().loginCode.updateManyAndReturn({
    where: { browserHash, state: 'confirmed', expiresAt: { gt: now } },
    data: { state: 'used' },
    select: { telegramUserId: true },
  })
  return row?.telegramUserId == null ? undefined : Number(row.telegramUserId)
}
