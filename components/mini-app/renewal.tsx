import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import { accountMessages } from '@/lib/messages/mini-app-account'
import styles from './account-section.module.css'
import { closeApp } from './host'
import { useSession } from './mini-app'
import { type Problem, ProblemText } from './problem'

type Change = 'cancel' | 'resume'
type State =
  | { step: 'idle' | 'sure' }
  | { step: 'busy' | 'done'; change: Change }
  | { step: 'failed'; problem: Problem }

type Props = { entitlement: EntitlementDto; name: string; onChanged: () => void }

/** Stops a running subscription's renewal, after a question, or resumes it. */
export function Renewal({ entitlement, name, onChanged }: Props) {
  const { plan_code: planCode, renews } = entitlement
  const api = useSession()?.api
  const [state, setState] = useState<State>({ step: 'idle' })
  const box = useFocusOn(state.step)
  const { renewal } = accountMessages

  const change = async (wanted: Change) => {
    if (!api || state.step === 'busy') return
    setState({ step: 'busy', change: wanted })
    const result = await api.renewal(planCode, wanted)
    setState(result.ok ? { step: 'done', change: wanted } : { step: 'failed', problem: result })
    onChanged()
  }
  const isBusy = state.step === 'busy'
  const isAsking = state.step === 'sure' || (isBusy && state.change === 'cancel')
  return (
    <section ref={box} className={styles.more} aria-label={name} tabIndex={-1}>
      <div role="status" className={styles.news}>
        <Words state={state} entitlement={entitlement} name={name} />
      </div>
      {isAsking ? (
        <div className={styles.actions}>
          <Button look="danger" isBusy={isBusy} onPress={() => void change('cancel')}>
            {renewal.yes}
          </Button>
          <Button look="soft" isDisabled={isBusy} onPress={() => setState({ step: 'idle' })}>
            {renewal.keep}
          </Button>
        </div>
      ) : (
        <div className={styles.actions}>
          {renews ? (
            <Button look="soft" onPress={() => setState({ step: 'sure' })}>
              {renewal.cancel}
            </Button>
          ) : (
            <Button look="soft" isBusy={isBusy} onPress={() => void change('resume')}>
              {renewal.resume}
            </Button>
          )}
          {state.step === 'done' && state.change === 'resume' && !renews ? (
            <Button look="text" onPress={closeApp}>
              {renewal.close}
            </Button>
          ) : null}
        </div>
      )}
    </section>
  )
}

function Words(props: { state: State; entitlement: EntitlementDto; name: string }) {
  const { state, name } = props
  const { renews, expires_at: end } = props.entitlement
  const { renewal } = accountMessages
  if (state.step === 'sure' || (state.step === 'busy' && state.change === 'cancel')) {
    return (
      <>
        <p className={styles.text}>{renewal.sure(name, end)}</p>
        <p className={`${styles.text} ${styles.plain}`}>{renewal.sureMore}</p>
      </>
    )
  }
  if (state.step === 'failed') return <ProblemText problem={state.problem} />
  // Once it renews again, what was said about the way there is over.
  if (state.step !== 'done' || renews) return null
  const text = state.change === 'cancel' ? renewal.cancelled(end) : renewal.resumed(name)
  return <p className={styles.text}>{text}</p>
}

/** Takes the focus whenever the step changes, because the button that had it is gone. */
function useFocusOn(step: State['step']) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef(step)
  useEffect(() => {
    if (before.current !== step && step !== 'busy') box.current?.focus({ preventScroll: true })
    before.current = step
  }, [step])
  return box
}
