'use client'

import { useId, useRef, useState } from 'react'
import { SubmitButton } from '@/components/admin/confirm-action'
import form from '@/components/admin/form.module.css'
import { useAction } from '@/components/admin/use-action'
import { Button } from '@/components/ui/button'
import { type MessageInput, messageLengthMax } from '@/lib/domain/people/schema'
import type { ActionResult } from '@/lib/kit/action-result'
import { adminMessages } from '@/lib/messages/admin'
import { peopleWords } from '@/lib/messages/admin-people'
import { useFormId } from './use-form-id'

type Props = {
  telegramUserId: number
  isKnownToArrive: boolean
  message: (input: MessageInput) => Promise<ActionResult<unknown>>
}

export function MessagePerson({ telegramUserId, isKnownToArrive, message }: Props) {
  const words = peopleWords.help.message
  const headingId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const [isDone, setDone] = useState(false)
  const { isBusy, problem, run, forget } = useAction()
  const { once } = useFormId()

  const open = () => {
    forget()
    setDone(false)
    dialog.current?.showModal()
  }
  const submit = async () => {
    if (!(await run(() => once((id) => message({ id, telegramUserId, text }))))) return
    setText('')
    setDone(true)
    dialog.current?.close()
  }

  return (
    <>
      <Button look="soft" onPress={open}>
        {words.label}
      </Button>
      <span role="status" className={form.good}>
        {isDone ? words.done : null}
      </span>
      <dialog ref={dialog} className={form.dialog} aria-labelledby={headingId}>
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <h2 id={headingId}>{words.heading}</h2>
          <p>{words.text}</p>
          {isKnownToArrive ? null : <p>{words.unknown}</p>}
          <label className={form.field}>
            <span>{words.field}</span>
            <textarea
              className={form.input}
              rows={5}
              required
              maxLength={messageLengthMax}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          {problem ? (
            <p role="alert" className={form.problem}>
              {problem}
            </p>
          ) : null}
          <div className={form.row}>
            <SubmitButton isBusy={isBusy}>
              {isBusy ? adminMessages.working : words.confirm}
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
