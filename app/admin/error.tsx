'use client'

import { Button } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { adminMessages } from '@/lib/messages/admin'

export default function AdminError({ reset }: { error: Error; reset: () => void }) {
  const { heading, text, again } = adminMessages.error
  return (
    <Message icon="alert" tone="danger" heading={heading} text={text}>
      <Button onPress={reset}>{again}</Button>
    </Message>
  )
}
