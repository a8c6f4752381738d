import { type FocusEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'

type Props = {
  label: string
  face: ReactNode
  className: string
  align: 'left' | 'right'
  /** The entries; `close` puts the menu away. */
  children: (close: () => void) => ReactNode
}

/** A button with a list of buttons that opens next to it. */
export function Menu({ label, face, className, align, children }: Props) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const onBlur = (event: FocusEvent<HTMLDivElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what bubbles up
    <div className="menu" onBlur={onBlur} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open ? <div className={`menu-list menu-${align}`}>{children(close)}</div> : null}
    </div>
  )
}
