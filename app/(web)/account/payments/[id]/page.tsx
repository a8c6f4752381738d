import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireViewer } from '@/app/(web)/account/viewer'
import { loadSite } from '@/app/(web)/site'
import { Receipt } from '@/components/account/receipt'
import { requireReceipt } from '@/lib/domain/accounts/queries'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { isId } from '@/lib/kit/ids'
import { webAccountMessages } from '@/lib/messages/account'

type Props = { params: Promise<{ id: string }> }

export const metadata: Metadata = {
  title: webAccountMessages.receipt.title,
  robots: { index: false },
}

export default async function ReceiptPage({ params }: Props) {
  const { id } = await params
  if (!isId(id)) notFound()
  const person = await requireViewer(`/account/payments/${id}`)
  const [receipt, { shopName, seller, support }] = await Promise.all([
    findReceipt(person, id),
    loadSite(),
  ])
  return (
    <Receipt
      receipt={receipt}
      buyer={person}
      shop={{ shopName, seller, support: support?.label ?? '' }}
    />
  )
}

async function findReceipt(person: PersonActor, id: string) {
  try {
    return await requireReceipt(person, id)
  } catch (error) {
    if (error instanceof Refusal) notFound()
    throw error
  }
}
