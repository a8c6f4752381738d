import { redirect } from 'next/navigation'
import { requireAdmin } from '@/lib/auth/current-admin'

/** The first page of the admin is the list of payments. */
export default async function AdminPage() {
  await requireAdmin()
  redirect('/admin/payments')
}
