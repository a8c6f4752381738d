'use client'

import { Button } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { webErrorMessages } from '@/lib/messages/web-errors'

/** What a page shows when it failed; the error itself is for the log and not for the reader. */
export function ErrorMessage() {
  const { heading, text, retry } = webErrorMessages
  return (
    <Message icon="alert" tone="danger" heading={heading} text={text}>
      <Button onPress={() => window.location.reload()}>{retry}</Button>
    </Message>
  )
}
