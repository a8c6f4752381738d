import { LinkButton } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { adminMessages } from '@/lib/messages/admin'

export default function AdminNotFound() {
  const { heading, text, back } = adminMessages.notFound
  return (
    <Message icon="alert" heading={heading} text={text}>
      <LinkButton href="/admin">{back}</LinkButton>
    </Message>
  )
}
