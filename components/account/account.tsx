import { LinkButton } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { LoginSubmit } from '@/components/web/login-submit'
import type { PaymentDto } from '@/lib/domain/payments/schema'
import type { ActionResult } from '@/lib/kit/action-result'
import type { PersonActor } from '@/lib/kit/actor'
import { webAccountMessages } from '@/lib/messages/account'
import styles from './account.module.css'
import { Cards } from './cards'
import { Payments } from './payments'
import { Plans } from './plans'
import { Restore, type RestoreAction } from './restore'
import type { PlanView } from './view'

export type OfPlan = (planCode: string) => Promise<ActionResult<void>>

export type AccountProps = {
  person: Pick<PersonActor, 'firstName' | 'lastName' | 'username' | 'telegramUserId'>
  plans: readonly PlanView[]
  payments: readonly PaymentDto[]
  planNames: Readonly<Record<string, string>>
  hasCards: boolean
  botLink: string
  cancel: OfPlan
  resume: OfPlan
  restore: RestoreAction
  openCards: () => Promise<ActionResult<string>>
  logOut: () => Promise<void>
  logOutEverywhere: () => Promise<void>
}

/** What a person has, had and paid, and everything they can do about it. */
export function Account(props: AccountProps) {
  const { person, plans, payments, planNames, botLink, cancel, resume } = props
  const { title, who, plans: words } = webAccountMessages
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ')
  return (
    <>
      <header className={styles.header}>
        <h1 id="start" className={styles.heading}>
          {title}
        </h1>
        <p className={styles.soft}>{who(name, person.username, person.telegramUserId)}</p>
      </header>
      <div className={styles.page}>
        <div className={styles.column}>
          {plans.length === 0 ? (
            <div className={styles.panel}>
              <Message level={2} icon="star" heading={words.empty} text={words.emptyText}>
                <LinkButton href="/plans">{words.shop}</LinkButton>
              </Message>
            </div>
          ) : (
            <Plans plans={plans} botLink={botLink} cancel={cancel} resume={resume} />
          )}
          <Payments payments={payments} planNames={planNames} />
        </div>
        <div className={styles.column}>
          <Restore restore={props.restore} />
          {props.hasCards ? <Cards openCards={props.openCards} /> : null}
          <Session logOut={props.logOut} logOutEverywhere={props.logOutEverywhere} />
        </div>
      </div>
    </>
  )
}

function Session({ logOut, logOutEverywhere }: Pick<AccountProps, 'logOut' | 'logOutEverywhere'>) {
  const { session } = webAccountMessages
  return (
    <section className={styles.panel} aria-labelledby="session">
      <h2 id="session" className={styles.title}>
        {session.heading}
      </h2>
      <p className={styles.soft}>{session.text}</p>
      <div className={styles.actions}>
        <form action={logOut}>
          <LoginSubmit look="soft">{session.logOut}</LoginSubmit>
        </form>
        <form action={logOutEverywhere}>
          <LoginSubmit look="soft">{session.logOutEverywhere}</LoginSubmit>
        </form>
      </div>
      <p className={styles.last}>
        <a className={styles.dangerLink} href="/account/delete">
          {session.deletion}
        </a>
      </p>
    </section>
  )
}
