import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { StoredLogin } from './rules'
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

const standing = { code: true, state: true, telegramUserId: true, expiresAt: true } as const

const numbered = ({ telegramUserId }: { telegramUserId: bigint | null }) =>
  telegramUserId === null ? null : Number(telegramUserId)

export async function loadByBrowser(
  browserHash: string,
): Promise<(StoredLogin & { code: string }) | null> {
  const row = await db().loginCode.findFirst({ where: { browserHash }, select: standing })
  return row && { ...row, telegramUserId: numbered(row) }
}

export async function loadByCode(code: string): Promise<(StoredLogin & LoginQuestion) | null> {
  const row = await db().loginCode.findUnique({
    where: { code },
    select: { ...standing, browser: true, createdAt: true },
  })
  if (!row) return null
  const { createdAt, ...rest } = row
  return { ...rest, telegramUserId: numbered(row), askedAt: createdAt }
}

/** Binds an open code to the first person who comes with it; of no effect for everybody later. */
export async function bind(code: string, telegramUserId: number, now: Date): Promise<void> {
  await db().loginCode.updateMany({
    where: { code, state: 'pending', telegramUserId: null, expiresAt: { gt: now } },
    data: { telegramUserId },
  })
}

/** Closes a code that is bound to somebody else and not used yet. True for who closed it. */
export async function contest(code: string, telegramUserId: number, now: Date): Promise<boolean> {
  const { count } = await db().loginCode.updateMany({
    where: {
      code,
      state: { in: ['pending', 'confirmed'] },
      telegramUserId: { not: telegramUserId },
      expiresAt: { gt: now },
    },
    data: { state: 'denied', telegramUserId: null, settledAt: now },
  })
  return count === 1
}

/** True for the one answer that settles a code; only the person it is bound to can give it. */
export async function settle(
  code: string,
  answer: { state: 'confirmed' | 'denied'; telegramUserId: number; expiresAt: Date },
  now: Date,
): Promise<boolean> {
  const { telegramUserId, ...data } = answer
  const { count } = await db().loginCode.updateMany({
    where: { code, state: 'pending', telegramUserId, expiresAt: { gt: now } },
    data: { ...data, settledAt: now },
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
