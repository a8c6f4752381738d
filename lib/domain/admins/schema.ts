import { z } from 'zod'
import { adminRoles } from '@/lib/kit/actor'

export const adminRole = z.enum(adminRoles)

/** Somebody who runs the shop. Dates are ISO 8601. */
export type AdminDto = {
  telegram_id: number
  name: string
  username: string | null
  role: z.infer<typeof adminRole>
  /** Named in ADMIN_TELEGRAM_IDS: always an owner, and only the server's settings change that. */
  is_fixed: boolean
  granted_by: string | null
  granted_at: string | null
}
