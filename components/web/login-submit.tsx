'use client'

import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import button from '@/components/ui/button.module.css'
import { loginMessages } from '@/lib/messages/login'

type Props = { look: 'main' | 'soft' | 'text'; children: ReactNode }

/** Sends the form around it; works before any script has loaded. */
export function LoginSubmit({ look, children }: Props) {
  const { pending } = useFormStatus()
  return (
    <button
      type="submit"
      className={`${button.button} ${button[look]}`}
      disabled={pending}
      aria-busy={pending}
    >
      {pending ? loginMessages.working : children}
    </button>
  )
}
