'use client'

import { type ReactNode, useState } from 'react'
import { ConfirmAction } from '@/components/admin/confirm-action'
import form from '@/components/admin/form.module.css'
import type { ActionResult } from '@/lib/kit/action-result'
import { adminMessages } from '@/lib/messages/admin'
import { healthMessages } from '@/lib/messages/admin-health'

type Props = {
  label: string
  heading: string
  text: string
  done: string
  act: (reason: string) => Promise<ActionResult<unknown>>
}

/** Something that is done after a question, with a reason for those who want to leave one. */
export function AskWhy({ label, heading, text, done, act }: Props) {
  const [reason, setReason] = useState('')
  const field: ReactNode = (
    <label className={form.field}>
      <span>{healthMessages.why}</span>
      <input
        className={form.input}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <span className={form.hint}>{adminMessages.reasonHint}</span>
    </label>
  )
  return (
    <ConfirmAction
      label={label}
      heading={heading}
      confirm={label}
      needsReason={false}
      act={async () => {
        const result = await act(reason)
        if (result.ok) setReason('')
        return result
      }}
      done={done}
    >
      <p>{text}</p>
      {field}
    </ConfirmAction>
  )
}
