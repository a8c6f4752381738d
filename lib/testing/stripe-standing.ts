import { z } from 'zod'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { entitlementStatus } from '@/lib/domain/entitlements/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { pool } from '@/lib/platform/pool'

const row = z.object({
  charges: z.array(z.string()),
  subscription: z.string().nullable(),
  isPartlyRefunded: z.boolean(),
  books: z.unknown(),
})

/** What a person has, in the words of a history; and all that stands in the books, as text. */
export async function readStanding(buyer: PersonActor, boughtAt: number) {
  const { entitlements } = await listEntitlements(buyer, buyer.telegramUserId)
  const { rows } = await pool().query(booksSql, [buyer.telegramUserId])
  const { books, ...stands } = row.parse(rows[0])
  const held = entitlements.map(({ status, renews, expires_at }) => {
    const days = (Date.parse(expires_at ?? '') / 1000 - boughtAt) / 86_400
    return { status: entitlementStatus.parse(status), renews, days: Math.round(days * 1000) / 1000 }
  })
  return { stands: { ...stands, holds: held }, everything: JSON.stringify([books, entitlements]) }
}

/** Ids and moments of our own rows are new every time; all else must be the same. */
const booksSql = `
  select coalesce((select jsonb_agg(status order by charged_at, charge_id) from payment_events
      where telegram_user_id = u.telegram_user_id), '[]') as charges,
    (select state from subscriptions where user_id = u.id) as subscription,
    exists (select from findings f join payment_events e on e.id::text = f.subject
      where f.kind = 'partial_refund' and e.user_id = u.id) as "isPartlyRefunded",
    jsonb_build_object(
      'charges', (select jsonb_agg(jsonb_build_object('charge', charge_id, 'payment',
          provider_payment_charge_id, 'status', status, 'reason', reason, 'amount', amount,
          'currency', currency, 'plan', plan_code, 'charged', charged_at, 'first',
          is_first_recurring, 'recurring', is_recurring, 'end', subscription_expires_at,
          'refunded', refunded_at is not null) order by charge_id)
        from payment_events where telegram_user_id = u.telegram_user_id),
      'held', (select jsonb_agg(jsonb_build_object('plan', plan_code, 'starts', starts_at, 'ends',
          expires_at, 'renews', renews, 'source', source, 'revoked', revoked_at is not null))
        from entitlements where user_id = u.id),
      'subscription', (select jsonb_agg(jsonb_build_object('state', state, 'first',
          first_charge_id, 'stopped', stopped_at)) from subscriptions where user_id = u.id),
      'invoices', (select jsonb_agg(status order by id) from invoices where user_id = u.id),
      'customer', u.stripe_customer_id) as books
  from users u where u.telegram_user_id = $1`

/** Forgets everything that these events told us of this person; the invoice is open again. */
export async function forget(
  { telegramUserId }: PersonActor,
  events: readonly { id: string }[],
): Promise<void> {
  const ofUser = `user_id = (select id from users where telegram_user_id = ${telegramUserId})`
  const ids = events.map(({ id }) => `'${id}'`).join(', ')
  await pool().query(`
    delete from findings where subject in
      (select id::text from payment_events where telegram_user_id = ${telegramUserId});
    delete from payment_events where telegram_user_id = ${telegramUserId};
    delete from entitlements where ${ofUser};
    delete from subscriptions where ${ofUser};
    delete from stripe_events where id in (${ids});
    delete from graphile_worker._private_jobs;
    update invoices set status = 'open', settled_at = null where ${ofUser};
    update users set stripe_customer_id = null where telegram_user_id = ${telegramUserId}`)
}
