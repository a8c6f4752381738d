'use client'

import { Button } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { webMessages } from '@/lib/messages/web'

/** What a page shows when it failed; the error itself is for the log and not for the reader. */
export function ErrorPage() {
  const { heading, text, retry } = webMessages.error
  return (
    <main>
      <Message icon="alert" tone="danger" heading={heading} text={text}>
        <Button onPress={() => window.location.reload()}>{retry}</Button>
      </Message>
    </main>
  )
}
