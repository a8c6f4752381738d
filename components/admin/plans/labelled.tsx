import { type ReactNode, useId } from 'react'
import form from '@/components/admin/form.module.css'

type Props = {
  label: string
  hint?: string | undefined
  children: (id: string, hintId: string) => ReactNode
}

/** A field with its label and hint. */
export function Labelled({ label, hint, children }: Props) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className={form.field}>
      <label htmlFor={id}>{label}</label>
      {children(id, hintId)}
      {hint ? (
        <small id={hintId} className={form.hint}>
          {hint}
        </small>
      ) : null}
    </div>
  )
}
