'use client'

import { useState } from 'react'
import { ConfirmAction } from '@/components/admin/confirm-action'
import type { RestoredFor } from '@/lib/domain/people/schema'
import type { ActionResult } from '@/lib/kit/action-result'
import { peopleWords } from '@/lib/messages/admin-people'

type Reasoned = { telegramUserId: number; reason: string }
type Act<R = unknown> = (input: Reasoned) => Promise<ActionResult<R>>

/** Something that is done to the person after a question. */
export function PersonAct({
  which,
  telegramUserId,
  act,
}: {
  which: 'sessions' | 'ban' | 'unban'
  telegramUserId: number
  act: Act
}) {
  const words = peopleWords.help[which]
  return (
    <ConfirmAction
      label={words.label}
      heading={words.heading}
      confirm={words.confirm}
      done={words.done}
      isDangerous={which === 'ban'}
      act={(reason) => act({ telegramUserId, reason })}
    >
      <p>{words.text}</p>
    </ConfirmAction>
  )
}

export function RestoreFor({
  telegramUserId,
  act,
}: {
  telegramUserId: number
  act: Act<RestoredFor>
}) {
  const words = peopleWords.help.restore
  const [done, setDone] = useState('')
  return (
    <ConfirmAction
      label={words.label}
      heading={words.heading}
      confirm={words.confirm}
      done={done}
      act={async (reason) => {
        const result = await act({ telegramUserId, reason })
        if (result.ok) {
          const { value } = result
          setDone(value.status === 'done' ? words.found(value) : words.running)
        }
        return result
      }}
    >
      <p>{words.text}</p>
    </ConfirmAction>
  )
}

/** Ends one grant. */
export function RevokeGrant({
  grantId,
  planName,
  act,
}: {
  grantId: string
  planName: string
  act: (input: { grantId: string; reason: string }) => Promise<ActionResult<unknown>>
}) {
  const words = peopleWords.help.revoke
  return (
    <ConfirmAction
      label={words.label}
      heading={words.heading(planName)}
      confirm={words.confirm}
      done={words.done}
      isDangerous
      act={(reason) => act({ grantId, reason })}
    >
      <p>{words.text}</p>
    </ConfirmAction>
  )
}
