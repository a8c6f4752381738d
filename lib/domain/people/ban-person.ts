import { runsShop } from '@/lib/domain/admins/queries'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { addJobIn } from '@/lib/platform/transaction'
import { changePerson } from './change-person'
import { setBanned, setUnbanned } from './store'

/**
 * Ends every session of a person, who cannot log in or buy any more, and closes their open pages at
 * Stripe, which ask nobody before they take money. What they paid for stays.
 * Safe to call twice. Refuses: forbidden, not_found, conflict (somebody who runs the shop, or
 * oneself), invalid_request (no reason).
 */
export async function banPerson(
  actor: Manager,
  telegramUserId: number,
  reason: string,
): Promise<void> {
  requirePower(actor, 'ban')
  await requireNoAdmin(actor, telegramUserId)
  const what = { telegramUserId, action: 'ban_person', reason }
  await changePerson(actor, what, async (tx, { bannedAt }, at) => {
    if (bannedAt) return 'as_before'
    await setBanned(tx, telegramUserId, at)
    const key = `expire_banned_checkouts:${telegramUserId}`
    await addJobIn(tx, { name: 'expire_banned_checkouts', payload: { telegramUserId }, key })
    return 'changed'
  })
}

/** Lifts a ban. Safe to call twice. Refuses: forbidden, not_found, invalid_request (no reason). */
export async function unbanPerson(
  actor: Manager,
  telegramUserId: number,
  reason: string,
): Promise<void> {
  requirePower(actor, 'ban')
  const what = { telegramUserId, action: 'unban_person', reason }
  await changePerson(actor, what, async (tx, { bannedAt }) => {
    if (!bannedAt) return 'as_before'
    await setUnbanned(tx, telegramUserId)
    return 'changed'
  })
}

async function requireNoAdmin(actor: Manager, telegramUserId: number): Promise<void> {
  if (actor.kind === 'admin' && actor.telegramUserId === telegramUserId) {
    throw new Refusal('conflict', 'This is you.')
  }
  if (await runsShop(telegramUserId)) {
    throw new Refusal('conflict', 'This person runs the shop. Take their role first.')
  }
}
