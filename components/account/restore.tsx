'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ActionResult } from '@/lib/kit/action-result'
import { webAccountMessages } from '@/lib/messages/account'
import styles from './account.module.css'
import { attempt, type Problem, ProblemText } from './problem'

type Found = { status: 'done'; restored: number } | { status: 'running' }
export type RestoreAction = () => Promise<ActionResult<Found>>

type State =
  | { step: 'idle' }
  | { step: 'busy' }
  | { step: 'done'; found: Found }
  | { step: 'failed'; problem: Problem }

/** Our server may still be looking when it answers. */
const looksAgainAfterMs = [4000, 10_000, 25_000]

/** Looks for payments at Telegram that never reached us. */
export function Restore({ restore }: { restore: RestoreAction }) {
  const router = useRouter()
  const [state, setState] = useState<State>({ step: 'idle' })
  const { restore: words } = webAccountMessages
  useLaterLooks(state.step === 'done' && state.found.status === 'running', () => router.refresh())

  const ask = async () => {
    setState({ step: 'busy' })
    const result = await attempt(restore)
    setState(
      result.ok ? { step: 'done', found: result.value } : { step: 'failed', problem: result },
    )
    if (result.ok) router.refresh()
  }
  return (
    <section className={styles.panel} aria-labelledby="restore">
      <h2 id="restore" className={styles.title}>
        {words.heading}
      </h2>
      <p className={styles.soft}>{words.text}</p>
      <div className={styles.actions}>
        <Button look="soft" isBusy={state.step === 'busy'} onPress={() => void ask()}>
          {words.button}
        </Button>
      </div>
      <div role="status">
        <Outcome state={state} />
      </div>
    </section>
  )
}

function Outcome({ state }: { state: State }) {
  const { restore } = webAccountMessages
  if (state.step === 'idle') return null
  if (state.step === 'busy') return <p>{restore.searching}</p>
  if (state.step === 'failed') return <ProblemText problem={state.problem} path="/account" />
  const { found } = state
  return <p>{found.status === 'running' ? restore.running : restore.done(found.restored)}</p>
}

function useLaterLooks(isRunning: boolean, onLook: () => void): void {
  const look = useEffectEvent(onLook)
  useEffect(() => {
    if (!isRunning) return
    const timers = looksAgainAfterMs.map((ms) => setTimeout(() => look(), ms))
    return () => timers.forEach(clearTimeout)
  }, [isRunning])
}
