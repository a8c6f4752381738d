'use client'

import { useId } from 'react'
import form from '@/components/admin/form.module.css'
import { descriptionMax, type PlanForm, titleMax } from '@/lib/domain/plans/schema'
import { planWords } from '@/lib/messages/admin-plans'
import { Labelled } from './labelled'
import { MoneyFields } from './money-fields'
import styles from './plans.module.css'

type TextKey = Exclude<keyof PlanForm, 'kind' | 'goods' | 'isLifetime' | 'money'>
type Props = {
  values: PlanForm
  isNew: boolean
  /** Family and tier stay as they are. */
  ladderStays: boolean
  change: (changed: Partial<PlanForm>) => void
}

const words = planWords.form

/** Everything about a plan that is typed. */
export function PlanFields({ values, isNew, ladderStays, change }: Props) {
  const text = (name: TextKey, label: string, hint?: string, options: TextOptions = {}) => (
    <Labelled label={label} hint={hint}>
      {(id, hintId) => {
        const shared = {
          id,
          'aria-describedby': hint ? hintId : undefined,
          className: form.input,
          value: values[name],
          maxLength: options.max,
          disabled: options.isFixed,
          onChange: (event: { target: { value: string } }) =>
            change({ [name]: event.target.value }),
        }
        return options.rows ? (
          <textarea {...shared} rows={options.rows} />
        ) : (
          <input {...shared} inputMode={options.mode} autoComplete="off" spellCheck={false} />
        )
      }}
    </Labelled>
  )
  const isSubscription = values.kind === 'subscription'
  const ladderHint = (hint: string) => (ladderStays ? words.ladderStays : hint)
  return (
    <>
      <div className={styles.pair}>
        {text('code', words.code, words.codeHint, { max: 32, isFixed: !isNew })}
        {text('name', words.name, words.nameHint, { max: titleMax })}
      </div>
      {text('description', words.description, words.descriptionHint, {
        rows: 3,
        max: descriptionMax,
      })}
      {text('features', words.features, words.featuresHint, { rows: 4 })}
      <div className={styles.pair}>
        {text('family', words.family, ladderHint(words.familyHint), {
          max: 32,
          isFixed: ladderStays,
        })}
        {text('tier', words.tier, ladderHint(words.tierHint), {
          mode: 'numeric',
          isFixed: ladderStays,
        })}
        <Choice
          label={words.kind}
          value={values.kind}
          names={words.kinds}
          choose={(kind) => change({ kind })}
        />
        <Choice
          label={words.goods}
          value={values.goods}
          names={words.goodsNames}
          choose={(goods) => change({ goods })}
        />
        {values.isLifetime && !isSubscription
          ? null
          : text('days', words.days, undefined, {
              mode: 'numeric',
            })}
        {isSubscription ? null : (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={values.isLifetime}
              onChange={(event) => change({ isLifetime: event.target.checked })}
            />
            <span>{words.lifetime}</span>
          </label>
        )}
      </div>
      {text('stars', words.stars, words.starsHint, { mode: 'numeric' })}
      <MoneyFields prices={values.money} change={(money) => change({ money })} />
    </>
  )
}

type TextOptions = {
  rows?: number
  max?: number
  mode?: 'numeric' | 'decimal'
  isFixed?: boolean
}

function Choice<K extends string>({
  label,
  value,
  names,
  choose,
}: {
  label: string
  value: K
  names: Record<K, string>
  choose: (value: K) => void
}) {
  const id = useId()
  const options = Object.keys(names) as K[]
  return (
    <div className={form.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={form.input}
        value={value}
        onChange={(event) => {
          const chosen = options.find((one) => one === event.target.value)
          if (chosen) choose(chosen)
        }}
      >
        {options.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </div>
  )
}
