import { z } from 'zod'
import { db } from '@/lib/platform/db'
import { invoiceStatus } from './schema'

const rows = z.array(
  z.object({
    id: z.string(),
    owner: z.coerce.number(),
    planCode: z.string(),
    method: z.enum(['stars', 'telegram', 'stripe']),
    currency: z.string(),
    amount: z.coerce.number(),
    status: invoiceStatus.exclude(['expired']),
    link: z.string().nullable(),
    expiresAt: z.date(),
    isRefusedForAnother: z.boolean(),
  }),
)
export type PurchaseRow = z.infer<typeof rows>[number]

/** These invoices, and whether somebody else was refused at one of them; unknown ids are left out. */
export async function loadPurchases(ids: readonly string[]): Promise<PurchaseRow[]> {
  return rows.parse(
    await db().$queryRaw`
    select i.id, u.telegram_user_id as owner, i.plan_code as "planCode", i.method, i.currency,
      i.amount, i.status, i.link, i.expires_at as "expiresAt",
      exists (select from payment_events e where e.invoice_payload = i.payload
        and e.telegram_user_id <> u.telegram_user_id and e.status = 'failed'
        and e.reason = 'wrong_user') as "isRefusedForAnother"
    from invoices i join users u on u.id = i.user_id
    where i.id = any(${[...ids]}::uuid[])`,
  )
}
