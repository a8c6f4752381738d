'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ConfirmAction } from '@/components/admin/confirm-action'
import form from '@/components/admin/form.module.css'
import { PlanFields } from '@/components/admin/plans/plan-fields'
import { Said } from '@/components/admin/plans/said'
import { emptyForm, readForm, toForm } from '@/lib/domain/plans/form'
import { changesOf, impactOf, type Past } from '@/lib/domain/plans/impact'
import { judgePlan } from '@/lib/domain/plans/policy'
import type { Rails } from '@/lib/domain/plans/price'
import type { AdminPlanDto, PlanDraft } from '@/lib/domain/plans/schema'
import { planWords } from '@/lib/messages/admin-plans'
import { save } from './actions'

type Props = {
  rails: Rails
  /** Null for a new plan. */
  edited: { plan: AdminPlanDto; past: Past } | null
}

const words = planWords.form

/** The form of a plan, what forbids it and what it means, live; the verb judges once more. */
export function Editor({ rails, edited }: Props) {
  const router = useRouter()
  const [base, setBase] = useState<{ plan: PlanDraft; version: string } | null>(
    edited && { plan: edited.plan, version: edited.plan.version },
  )
  const [values, setValues] = useState(edited ? toForm(edited.plan) : emptyForm)
  const read = readForm(values)
  const draft = 'draft' in read ? read.draft : null
  const judged = draft ? judgePlan(draft, rails) : { faults: [], notices: [] }
  const impacts = base && draft && edited ? impactOf(base.plan, draft, edited.past) : []
  const faults = [
    ...('typing' in read ? read.typing : []).map((fault) => planWords.faults[fault]),
    ...judged.faults.map((fault) => planWords.faults[fault]),
  ]
  const meaning = edited
    ? impacts.map((one) => ({ tone: one.verdict, text: planWords.impact(one, edited.plan.use) }))
    : [{ tone: 'warning' as const, text: words.newIsSold }]
  const isRefused = faults.length > 0 || impacts.some((one) => one.verdict === 'refused')
  const isChanged = draft && (!base || Object.keys(changesOf(base.plan, draft)).length > 0)

  const act = async () => {
    if (!draft) return { ok: false, code: 'invalid_request' } as const
    const result = await save({ draft, version: base?.version ?? null })
    if (result.ok && base) setBase({ plan: draft, version: result.value.version })
    if (result.ok && !base) router.push(`/admin/plans/${result.value.code}`)
    return result
  }

  return (
    <div className={form.form}>
      <PlanFields
        values={values}
        isNew={!edited}
        ladderStays={edited !== null && (edited.past.isSold || edited.past.isOffered)}
        change={(changed) => setValues((before) => ({ ...before, ...changed }))}
      />
      <div role="status">
        {faults.length > 0 ? <h3>{words.faults}</h3> : null}
        <Said lines={faults.map((text) => ({ tone: 'refused' as const, text }))} />
        {isChanged ? <Said lines={meaning} /> : null}
      </div>
      <div>
        <h3>{words.notices}</h3>
        <Said
          lines={judged.notices.map((notice) => ({
            tone: 'fine' as const,
            text: planWords.notices[notice],
          }))}
        />
      </div>
      <div className={form.row}>
        {isRefused ? null : (
          <ConfirmAction
            label={words.save}
            heading={words.saveHeading(values.name)}
            confirm={words.confirm}
            done={words.saved}
            needsReason={false}
            act={act}
          >
            {isChanged ? <Said lines={meaning} /> : <p>{words.unchanged}</p>}
          </ConfirmAction>
        )}
      </div>
    </div>
  )
}
