import { LinkButton } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { webMessages } from '@/lib/messages/web'

export function NothingHere() {
  const { heading, text, home } = webMessages.notFound
  return (
    <Message icon="alert" heading={heading} text={text}>
      <LinkButton href="/">{home}</LinkButton>
    </Message>
  )
}
