'use client'

import { useState } from 'react'
import { ConfirmAction } from '@/components/admin/confirm-action'
import form from '@/components/admin/form.module.css'
import type { ActionResult } from '@/lib/kit/action-result'
import { paymentWords } from '@/lib/messages/admin-payment'

type Reasoned = { paymentId: string; reason: string }
type Act<T, R = unknown> = (input: T) => Promise<ActionResult<R>>

type Props = {
  paymentId: string
  /** The plan the charge was for, where that is known. */
  planCode: string | null
  plans: readonly { code: string; name: string }[]
  /** False where the rules have nothing to judge it by. */
  canReplay: boolean
  honour: Act<Reasoned & { planCode: string }>
  replay: Act<{ paymentId: string }, string | null>
  leave: Act<Reasoned>
}

/** What can become of a charge that waits for a decision, but for its refund. */
export function Settle({ paymentId, planCode, plans, canReplay, honour, replay, leave }: Props) {
  const words = paymentWords.settle
  const [plan, setPlan] = useState(planCode ?? '')
  const [stays, setStays] = useState<string | null>(null)
  const judge = async () => {
    const result = await replay({ paymentId })
    if (result.ok) setStays(result.value)
    return result
  }
  return (
    <>
      <div className={form.row}>
        <ConfirmAction
          label={words.honour.button}
          heading={words.honour.dialog}
          confirm={words.honour.confirm}
          done={words.honour.done}
          act={(reason) => honour({ paymentId, planCode: plan, reason })}
        >
          <p>{words.honour.text}</p>
          <label className={form.field}>
            <span>{words.honour.plan}</span>
            <select
              className={form.input}
              required
              value={plan}
              onChange={(event) => setPlan(event.target.value)}
            >
              <option value="">{words.honour.choose}</option>
              {plans.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name} ({code})
                </option>
              ))}
            </select>
          </label>
        </ConfirmAction>
        {canReplay ? (
          <ConfirmAction
            label={words.replay.button}
            heading={words.replay.dialog}
            confirm={words.replay.confirm}
            needsReason={false}
            done={stays ? '' : words.replay.done}
            act={judge}
          >
            <p>{words.replay.text}</p>
          </ConfirmAction>
        ) : null}
        <ConfirmAction
          label={words.leave.button}
          heading={words.leave.dialog}
          confirm={words.leave.confirm}
          done={words.leave.done}
          act={(reason) => leave({ paymentId, reason })}
        >
          <p>{words.leave.text}</p>
        </ConfirmAction>
      </div>
      <p role="status">{stays ? words.replay.stays(stays) : null}</p>
    </>
  )
}
