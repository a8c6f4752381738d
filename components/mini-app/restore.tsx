import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { accountMessages } from '@/lib/messages/mini-app-account'
import styles from './account-section.module.css'
import type { Restored } from './api'
import { useSession } from './mini-app'
import page from './page.module.css'
import { type Problem, ProblemText } from './problem'

type State =
  | { step: 'idle' }
  | { step: 'busy' }
  | { step: 'done'; found: Restored }
  | { step: 'failed'; problem: Problem }

/** Our server may still be looking when it answers. */
const looksAgainAfterMs = [4000, 10_000, 25_000]

/** Looks for payments at Telegram that never reached us. */
export function Restore({ onRestored }: { onRestored: () => void }) {
  const api = useSession()?.api
  const [state, setState] = useState<State>({ step: 'idle' })
  const { restore } = accountMessages
  const isRunning = state.step === 'done' && 'status' in state.found
  useLaterLooks(isRunning, onRestored)

  const ask = async () => {
    if (!api) return
    setState({ step: 'busy' })
    const result = await api.restore()
    setState(
      result.ok ? { step: 'done', found: result.value } : { step: 'failed', problem: result },
    )
    if (result.ok) onRestored()
  }
  return (
    <section className={`${page.card} ${styles.card}`} aria-label={restore.heading}>
      <div>
        <h2 className={styles.name}>{restore.heading}</h2>
        <p className={`${styles.text} ${styles.plain}`}>{restore.text}</p>
      </div>
      <div className={styles.actions}>
        <Button look="soft" isBusy={state.step === 'busy'} onPress={() => void ask()}>
          {restore.button}
        </Button>
      </div>
      <div role="status" className={styles.news}>
        <Outcome state={state} />
      </div>
    </section>
  )
}

function Outcome({ state }: { state: State }) {
  const { restore } = accountMessages
  if (state.step === 'idle') return null
  if (state.step === 'failed') return <ProblemText problem={state.problem} />
  const words =
    state.step === 'busy'
      ? restore.searching
      : 'restored' in state.found
        ? restore.done(state.found.restored)
        : restore.running
  return <p className={styles.text}>{words}</p>
}

function useLaterLooks(isRunning: boolean, onLook: () => void): void {
  const look = useEffectEvent(onLook)
  useEffect(() => {
    if (!isRunning) return
    const timers = looksAgainAfterMs.map((delayMs) => setTimeout(() => look(), delayMs))
    return () => {
      for (const timer of timers) clearTimeout(timer)
    }
  }, [isRunning])
}
