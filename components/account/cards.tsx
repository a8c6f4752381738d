'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ActionResult } from '@/lib/kit/action-result'
import { webAccountMessages } from '@/lib/messages/account'
import styles from './account.module.css'
import { attempt, type Problem, ProblemText } from './problem'

/** Leads to Stripe's own page for cards. */
export function Cards({ openCards }: { openCards: () => Promise<ActionResult<string>> }) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const { cards } = webAccountMessages

  const open = async () => {
    setBusy(true)
    setProblem(undefined)
    const result = await attempt(openCards)
    if (result.ok) return window.location.assign(result.value)
    setProblem(result)
    setBusy(false)
  }
  return (
    <section className={styles.panel} aria-labelledby="cards">
      <h2 id="cards" className={styles.title}>
        {cards.heading}
      </h2>
      <p className={styles.soft}>{cards.text}</p>
      <div className={styles.actions}>
        <Button look="soft" isBusy={isBusy} onPress={() => void open()}>
          {cards.button}
        </Button>
      </div>
      <div role="status">{problem ? <ProblemText problem={problem} path="/account" /> : null}</div>
    </section>
  )
}
