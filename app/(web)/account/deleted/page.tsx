import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LinkButton } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { currentPerson } from '@/lib/auth/current-person'
import { webAccountMessages } from '@/lib/messages/account'

const { heading, text, home } = webAccountMessages.deleted

export const metadata: Metadata = { title: heading, robots: { index: false } }

/** The last page of a deletion, for somebody nobody knows any more. */
export default async function DeletedPage() {
  if (await currentPerson()) redirect('/account')
  return (
    <Message icon="check" tone="good" heading={heading} text={text}>
      <LinkButton href="/">{home}</LinkButton>
    </Message>
  )
}
