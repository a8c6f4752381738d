'use client'

import { useActionState, useId } from 'react'
import { LinkButton } from '@/components/ui/button'
import button from '@/components/ui/button.module.css'
import type { ActionResult } from '@/lib/kit/action-result'
import { webAccountMessages } from '@/lib/messages/account'
import styles from './account.module.css'
import { ProblemText } from './problem'

type Refused = Extract<ActionResult<void>, { ok: false }>

type Props = {
  /** Names of the plans that renew by themselves. */
  renewing: readonly string[]
  hasPlans: boolean
  hasCards: boolean
  deleteAccount: (confirmation: string) => Promise<Refused>
}

/** Says exactly what happens, and asks for a typed word before it does. */
export function DeleteAccount({ renewing, hasPlans, hasCards, deleteAccount }: Props) {
  const { deletion: words } = webAccountMessages
  const kept = [
    ...words.keptItems,
    ...(hasPlans ? [words.keptPlans] : []),
    ...(hasCards ? [words.keptCards] : []),
  ]
  const first = renewing.length > 0 ? words.renewals(renewing) : words.noRenewals
  return (
    <div className={styles.narrow}>
      <header>
        <h1 id="start" className={styles.heading}>
          {words.title}
        </h1>
        <p className={styles.soft}>{words.intro}</p>
      </header>
      <Part title={words.cancelled} items={[first, words.renewalsMore]} />
      <Part title={words.deleted} items={words.deletedItems} />
      <Part title={words.kept} items={kept} />
      <Confirmation deleteAccount={deleteAccount} />
    </div>
  )
}

function Part({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <section className={styles.panel}>
      <h2 className={styles.title}>{title}</h2>
      <ul className={styles.points}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  )
}

function Confirmation({ deleteAccount }: Pick<Props, 'deleteAccount'>) {
  const id = useId()
  const [refused, submit, isBusy] = useActionState(
    (_before: Refused | null, form: FormData) => deleteAccount(String(form.get('confirmation'))),
    null,
  )
  const { deletion: words } = webAccountMessages
  return (
    <form action={submit} className={styles.confirmation}>
      <label htmlFor={id}>{words.label}</label>
      <input
        id={id}
        name="confirmation"
        className={styles.input}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        required
        aria-describedby={`${id}-refused`}
      />
      <div id={`${id}-refused`} role="alert">
        {refused && !isBusy ? <Refusal refused={refused} /> : null}
      </div>
      <div className={styles.actions}>
        <button
          type="submit"
          className={`${button.button} ${button.danger}`}
          disabled={isBusy}
          aria-busy={isBusy}
        >
          {isBusy ? words.busy : words.button}
        </button>
        <LinkButton look="soft" href="/account">
          {words.back}
        </LinkButton>
      </div>
    </form>
  )
}

function Refusal({ refused }: { refused: Refused }) {
  const { problem } = webAccountMessages
  if (refused.code === 'invalid_request') {
    return <p className={styles.problem}>{problem.confirmation}</p>
  }
  if (refused.code === 'telegram_unavailable') {
    return <p className={styles.problem}>{problem.deletion}</p>
  }
  return <ProblemText problem={refused} path="/account/delete" />
}
