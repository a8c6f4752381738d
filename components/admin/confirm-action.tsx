'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ActionResult } from '@/lib/kit/action-result'
import { adminMessages } from '@/lib/messages/admin'
import styles from './form.module.css'
import { useAction } from './use-action'

type Props = {
  /** The words of the button that opens the question. */
  label: string
  heading: string
  /** What happens, and what the person loses or gets. */
  children?: ReactNode
  /** The words of the button that does it. */
  confirm: string
  isDangerous?: boolean
  /** False where no reason is kept. */
  needsReason?: boolean
  act: (reason: string) => Promise<ActionResult<unknown>>
  /** Said after it worked. */
  done: string
}

/** Something that is done after a question only, with a reason for the audit log. */
export function ConfirmAction({
  label,
  heading,
  children,
  confirm,
  isDangerous = false,
  needsReason = true,
  act,
  done,
}: Props) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [reason, setReason] = useState('')
  const [isDone, setDone] = useState(false)
  const { isBusy, problem, run, forget } = useAction()

  const open = () => {
    forget()
    setDone(false)
    dialog.current?.showModal()
  }
  const submit = async () => {
    if (!(await run(() => act(reason)))) return
    setReason('')
    setDone(true)
    dialog.current?.close()
  }

  return (
    <>
      <Button look={isDangerous ? 'danger' : 'soft'} onPress={open}>
        {label}
      </Button>
      <span role="status" className={styles.good}>
        {isDone ? done : null}
      </span>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby={id}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <h2 id={id}>{heading}</h2>
          {children}
          {needsReason ? (
            <label className={styles.field}>
              <span>{adminMessages.reason}</span>
              <textarea
                className={styles.input}
                rows={3}
                required
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
              <span className={styles.hint}>{adminMessages.reasonHint}</span>
            </label>
          ) : null}
          {problem ? (
            <p role="alert" className={styles.problem}>
              {problem}
            </p>
          ) : null}
          <div className={styles.row}>
            <SubmitButton isDangerous={isDangerous} isBusy={isBusy}>
              {isBusy ? adminMessages.working : confirm}
            </SubmitButton>
            <Button look="soft" onPress={() => dialog.current?.close()}>
              {adminMessages.cancel}
            </Button>
          </div>
        </form>
      </dialog>
    </>
  )
}

/** Sends the form it stands in. */
export function SubmitButton({
  isDangerous = false,
  isBusy,
  children,
}: {
  isDangerous?: boolean
  isBusy: boolean
  children: ReactNode
}) {
  return (
    <button
      type="submit"
      className={`${styles.submit} ${isDangerous ? styles.submitDanger : ''}`}
      disabled={isBusy}
      aria-busy={isBusy}
    >
      {children}
    </button>
  )
}
