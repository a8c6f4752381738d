'use client'

import { type ReactNode, useId } from 'react'
import { ConfirmAction } from '@/components/admin/confirm-action'
import type { ActionResult } from '@/lib/kit/action-result'
import type { Money } from '@/lib/kit/money'
import { paymentWords } from '@/lib/messages/admin-payment'
import styles from './payment.module.css'

type Props = {
  paymentId: string
  money: Money
  /** `mark`: the money went back at the card's provider. */
  how: 'request' | 'mark'
  /** Whether a try was refused before. */
  isAgain: boolean
  act: (input: { paymentId: string; reason: string }) => Promise<ActionResult<unknown>>
  /** What the person loses. */
  children: ReactNode
}

/** Sends a charge back after a look at what it takes, a reason and a second yes. */
export function Refund({ paymentId, money, how, isAgain, act, children }: Props) {
  const id = useId()
  const words = paymentWords.refund
  const isMark = how === 'mark'
  return (
    <ConfirmAction
      label={isMark ? words.mark.button : isAgain ? words.again : words.button}
      heading={isMark ? words.mark.dialog(money) : words.dialog(money)}
      confirm={isMark ? words.mark.confirm : words.confirm(money)}
      done={isMark ? words.mark.done : words.done}
      isDangerous
      act={(reason) => act({ paymentId, reason })}
    >
      {children}
      <label className={styles.check} htmlFor={id}>
        <input id={id} type="checkbox" required />
        <span>{isMark ? words.mark.check(money) : words.check(money)}</span>
      </label>
    </ConfirmAction>
  )
}
