'use client'

import { ErrorMessage } from '@/components/web/error-message'

export default function MiniAppError() {
  return (
    <main>
      <ErrorMessage />
    </main>
  )
}
