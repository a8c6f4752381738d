import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { Purchase } from '@/components/web/pay/purchase'
import { currentPerson } from '@/lib/auth/current-person'
import { loadPay, loadTitle } from './load'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await loadTitle((await params).id), robots: { index: false } }
}

/** One payment as the ledger knows it; Stripe sends people back here, too. */
export default async function PayPage({ params }: Props) {
  const { id } = await params
  if (!(await currentPerson())) redirect(`/login?callbackUrl=${encodeURIComponent(`/pay/${id}`)}`)
  const props = await loadPay(id)
  if (!props) notFound()
  return <Purchase {...props} />
}
