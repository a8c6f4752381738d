import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Button, LinkButton } from '@/components/ui/button'
import { formatDay, type Payer, webAccountMessages } from '@/lib/messages/account'
import type { OfPlan } from './account'
import styles from './account.module.css'
import { attempt, type Problem, ProblemText } from './problem'
import { useZone } from './use-zone'
import { isStillTried, type PlanView } from './view'

type Change = 'cancel' | 'resume'
type State =
  | { step: 'idle' | 'sure' }
  | { step: 'busy' | 'done'; change: Change }
  | { step: 'failed'; problem: Problem }

type Props = {
  plan: PlanView
  payer: Payer
  end: string
  botLink: string
  cancel: OfPlan
  resume: OfPlan
}

/** Stops a running subscription's renewal, after a question, or resumes it. */
export function Renewal({ plan, payer, end, botLink, ...actions }: Props) {
  const router = useRouter()
  const [state, setState] = useState<State>({ step: 'idle' })
  const box = useFocusOn(state.step)
  const { renewal } = webAccountMessages
  const { renews } = plan.entitlement

  const change = async (wanted: Change) => {
    if (state.step === 'busy') return
    setState({ step: 'busy', change: wanted })
    const result = await attempt(() => actions[wanted](plan.code))
    setState(result.ok ? { step: 'done', change: wanted } : { step: 'failed', problem: result })
    router.refresh()
  }
  const isBusy = state.step === 'busy'
  const isAsking = state.step === 'sure' || (isBusy && state.change === 'cancel')
  const leadsToTelegram =
    payer === 'stars' && state.step === 'done' && state.change === 'resume' && !renews
  return (
    <section ref={box} className={styles.renewal} aria-label={plan.name} tabIndex={-1}>
      <div role="status">
        <Words state={state} plan={plan} payer={payer} end={end} />
      </div>
      <div className={styles.actions}>
        {isAsking ? (
          <>
            <Button look="danger" isBusy={isBusy} onPress={() => void change('cancel')}>
              {renewal.yes}
            </Button>
            <Button look="soft" isDisabled={isBusy} onPress={() => setState({ step: 'idle' })}>
              {renewal.keep}
            </Button>
          </>
        ) : null}
        {!isAsking && renews ? (
          <Button look="soft" onPress={() => setState({ step: 'sure' })}>
            {renewal.cancel}
          </Button>
        ) : null}
        {!isAsking && !renews ? (
          <Button look="soft" isBusy={isBusy} onPress={() => void change('resume')}>
            {renewal.resume}
          </Button>
        ) : null}
        {leadsToTelegram ? (
          <LinkButton look="soft" href={botLink}>
            {renewal.openTelegram}
          </LinkButton>
        ) : null}
      </div>
    </section>
  )
}

function Words({
  state,
  plan,
  payer,
  end,
}: Pick<Props, 'plan' | 'payer' | 'end'> & { state: State }) {
  const { renewal } = webAccountMessages
  const day = formatDay(end, useZone())
  const isUnpaid = isStillTried(plan)
  if (state.step === 'sure' || (state.step === 'busy' && state.change === 'cancel')) {
    return (
      <>
        <p>{isUnpaid ? renewal.sureUnpaid(plan.name) : renewal.sure(plan.name, day)}</p>
        <p className={styles.more}>{renewal.sureMore[isUnpaid ? 'unpaid' : payer]}</p>
      </>
    )
  }
  if (state.step === 'failed') return <ProblemText problem={state.problem} path="/account" />
  if (state.step !== 'done') return null
  const { renews } = plan.entitlement
  if (state.change === 'cancel') {
    if (renews) return null
    // What was not paid has no days left to speak of.
    return <p>{Date.parse(end) > Date.now() ? renewal.cancelled(day) : renewal.cancelledUnpaid}</p>
  }
  // Once it renews again, what was said about the way there is over.
  if (payer === 'stars' && renews) return null
  return <p>{renewal.resumed[payer](plan.name)}</p>
}

/** Takes the focus whenever the step changes, because the button that had it is gone. */
function useFocusOn(step: State['step']) {
  const box = useRef<HTMLElement>(null)
  const before = useRef(step)
  useEffect(() => {
    if (before.current !== step && step !== 'busy') box.current?.focus({ preventScroll: true })
    before.current = step
  }, [step])
  return box
}
