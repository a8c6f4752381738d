'use client'

import { useState } from 'react'
import { ConfirmAction } from '@/components/admin/confirm-action'
import form from '@/components/admin/form.module.css'
import type { ExtendInput, GrantInput } from '@/lib/domain/grants/schema'
import { grantDaysMax } from '@/lib/domain/grants/schema'
import type { ActionResult } from '@/lib/kit/action-result'
import { peopleWords } from '@/lib/messages/admin-people'
import { useFormId } from './use-form-id'

type Plans = readonly { code: string; name: string }[]

type Props = {
  telegramUserId: number
  plans: Plans
  /** Plans that can be extended now. */
  running: Plans
  grant: (input: GrantInput) => Promise<ActionResult<unknown>>
  extend: (input: ExtendInput) => Promise<ActionResult<unknown>>
}

/** Time given by hand: a plan, or more of one that runs. */
export function Give({ telegramUserId, plans, running, grant, extend }: Props) {
  const words = peopleWords.help
  const [planCode, setPlan] = useState('')
  const [days, setDays] = useState('30')
  const [isForLife, setForLife] = useState(false)
  const [runningCode, setRunning] = useState('')
  const [more, setMore] = useState('30')
  const grantId = useFormId()
  const extendId = useFormId()
  return (
    <>
      <ConfirmAction
        label={words.grant.label}
        heading={words.grant.heading}
        confirm={words.grant.confirm}
        done={words.grant.done}
        act={(reason) =>
          grantId.once((id) =>
            grant({ id, telegramUserId, planCode, reason, days: isForLife ? null : Number(days) }),
          )
        }
      >
        <p>{words.grant.text}</p>
        <PlanField plans={plans} value={planCode} onChange={setPlan} />
        <label>
          <input
            type="checkbox"
            checked={isForLife}
            onChange={(event) => setForLife(event.target.checked)}
          />{' '}
          {words.grant.life}
        </label>
        {isForLife ? null : <DaysField value={days} onChange={setDays} />}
      </ConfirmAction>
      {running.length > 0 ? (
        <ConfirmAction
          label={words.extend.label}
          heading={words.extend.heading}
          confirm={words.extend.confirm}
          done={words.extend.done}
          act={(reason) =>
            extendId.once((id) =>
              extend({ id, telegramUserId, planCode: runningCode, reason, days: Number(more) }),
            )
          }
        >
          <p>{words.extend.text}</p>
          <PlanField plans={running} value={runningCode} onChange={setRunning} />
          <DaysField value={more} onChange={setMore} />
        </ConfirmAction>
      ) : null}
    </>
  )
}

type FieldProps = { value: string; onChange: (value: string) => void }

function PlanField({ plans, value, onChange }: FieldProps & { plans: Plans }) {
  const words = peopleWords.help.grant
  return (
    <label className={form.field}>
      <span>{words.plan}</span>
      <select
        className={form.input}
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{words.choose}</option>
        {plans.map(({ code, name }) => (
          <option key={code} value={code}>
            {name} ({code})
          </option>
        ))}
      </select>
    </label>
  )
}

function DaysField({ value, onChange }: FieldProps) {
  return (
    <label className={form.field}>
      <span>{peopleWords.help.grant.days}</span>
      <input
        className={form.input}
        type="number"
        required
        min={1}
        max={grantDaysMax}
        step={1}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
