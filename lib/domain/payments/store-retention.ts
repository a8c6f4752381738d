import { db } from '@/lib/platform/db'

/** Forgets what buyers filled in with one batch of payments older than that. */
export async function clearOrderInfo(before: Date, most: number): Promise<number> {
  return db().$executeRaw`
    update payment_events set order_info = null where id in (
      select id from payment_events where order_info is not null and created_at < ${before}
      order by created_at limit ${most}::int)`
}
