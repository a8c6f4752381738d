import { headers } from 'next/headers'
import { requireOwnOrigin } from '@/lib/auth/own-origin'

/** For server actions, which are POST requests that live by a cookie. Refuses: forbidden_origin. */
export async function requireOwnPage(): Promise<void> {
  requireOwnOrigin({ method: 'POST', headers: await headers() })
}
