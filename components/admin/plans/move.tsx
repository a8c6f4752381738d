'use client'

import { useAction } from '@/components/admin/use-action'
import type { ActionResult } from '@/lib/kit/action-result'
import { planWords } from '@/lib/messages/admin-plans'
import styles from './plans.module.css'

type Direction = 'up' | 'down'
type Props = {
  code: string
  name: string
  isFirst: boolean
  isLast: boolean
  move: (input: { code: string; direction: Direction }) => Promise<ActionResult<unknown>>
}

/** Two buttons that move a plan one place. */
export function Move({ code, name, isFirst, isLast, move }: Props) {
  const { isBusy, problem, run } = useAction()
  const button = (direction: Direction, isDisabled: boolean) => (
    <button
      type="button"
      className={styles.move}
      aria-label={planWords[direction](name)}
      disabled={isDisabled}
      aria-busy={isBusy}
      onClick={() => void run(() => move({ code, direction }))}
    >
      {direction === 'up' ? '↑' : '↓'}
    </button>
  )
  return (
    <span className={styles.order}>
      {button('up', isFirst)}
      {button('down', isLast)}
      {problem ? (
        <span role="alert" className={styles.refused}>
          {problem}
        </span>
      ) : null}
    </span>
  )
}
