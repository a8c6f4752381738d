import { type KeyboardEvent, type MouseEvent, type ReactNode, useLayoutEffect, useRef } from 'react'

type Props = {
  label: string
  /** Where it appears: over the phone area, or in the middle of the page. */
  place: 'phone' | 'page'
  onDismiss: () => void
  children: ReactNode
}

/**
 * A modal on the browser's own dialog element, which traps the focus, hands it back afterwards
 * and makes the rest of the page inert. Escape and a press outside dismiss it.
 */
export function Dialog({ label, place, onDismiss, children }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  const onPress = (event: MouseEvent<HTMLDialogElement>) => {
    if (event.target === event.currentTarget) onDismiss()
  }
  return (
    <dialog
      ref={element}
      className={`dialog dialog-${place}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onDismiss()
      }}
      onMouseDown={onPress}
    >
      <div className="dialog-body">{children}</div>
    </dialog>
  )
}

/**
 * A sheet over the phone that leaves the observer's panel usable: what lies under it is made inert
 * by the page. It takes the focus and hands it back.
 */
export function Sheet(props: { label: string; onDismiss: () => void; children: ReactNode }) {
  const element = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    if (dialog && !dialog.open) dialog.show()
    return () => {
      dialog?.close()
      // What had the focus is inert until this change of the page is complete.
      requestAnimationFrame(() => {
        const isFree = document.activeElement === document.body
        if (isFree && before instanceof HTMLElement && before.isConnected) before.focus()
      })
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent<HTMLDialogElement>) => {
    if (event.key === 'Escape') props.onDismiss()
  }
  return (
    <>
      <div className="scrim" onMouseDown={props.onDismiss} aria-hidden="true" />
      <dialog
        ref={element}
        className="dialog dialog-phone dialog-sheet"
        aria-label={props.label}
        onKeyDown={onKeyDown}
      >
        <div className="dialog-body">{props.children}</div>
      </dialog>
    </>
  )
}

/** A short question or statement with its answers underneath. */
export function Question(props: {
  label: string
  place: 'phone' | 'page'
  title?: string
  text: string
  onDismiss: () => void
  children: ReactNode
}) {
  return (
    <Dialog label={props.label} place={props.place} onDismiss={props.onDismiss}>
      <div className="question">
        {props.title ? <h2>{props.title}</h2> : null}
        <p>{props.text}</p>
        <div className="question-answers">{props.children}</div>
      </div>
    </Dialog>
  )
}
