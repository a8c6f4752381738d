'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './pay.module.css'

type Props = {
  /** What the page shows, by name; a change is a new state of the payment. */
  state: string
  /** Said to screen readers when the state changes. */
  heading: string
  children: ReactNode
}

/** Moves the focus to what is new, because what had it is gone; reads it out. */
export function Announced({ state, heading, children }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef(state)
  const [said, setSaid] = useState('')

  useEffect(() => {
    if (before.current === state) return
    before.current = state
    setSaid(heading)
    if (document.hasFocus()) box.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [state, heading])

  return (
    <>
      <p className={styles.spoken} role="status">
        {said}
      </p>
      <div ref={box} tabIndex={-1} className={styles.announced}>
        {children}
      </div>
    </>
  )
}
