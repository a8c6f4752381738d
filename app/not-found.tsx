import { LinkButton } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { webMessages } from '@/lib/messages/web'

export const metadata = { title: webMessages.notFound.heading }

export default function NotFound() {
  const { heading, text, home } = webMessages.notFound
  return (
    <main>
      <Message icon="alert" heading={heading} text={text}>
        <LinkButton href="/">{home}</LinkButton>
      </Message>
    </main>
  )
}
