'use client'

import { useId } from 'react'
import { webAccountMessages } from '@/lib/messages/account'
import type { OfPlan } from './account'
import styles from './account.module.css'
import { Renewal } from './renewal'
import { useZone } from './use-zone'
import { describePlan, isStillTried, type PlanView } from './view'

type Actions = { botLink: string; cancel: OfPlan; resume: OfPlan }

export function Plans({ plans, ...actions }: { plans: readonly PlanView[] } & Actions) {
  const { plans: words } = webAccountMessages
  const of = (...wanted: PlanView['entitlement']['status'][]) =>
    plans.filter(({ entitlement }) => wanted.includes(entitlement.status))
  return (
    <>
      <Group title={words.active} plans={of('active', 'grace')} {...actions} />
      <Group title={words.scheduled} plans={of('scheduled')} {...actions} />
      <Group title={words.past} plans={of('expired', 'revoked')} {...actions} />
    </>
  )
}

function Group(props: { title: string; plans: readonly PlanView[] } & Actions) {
  const { title, plans, ...actions } = props
  const id = useId()
  if (plans.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.groupTitle}>
        {title}
      </h2>
      <ul className={styles.list}>
        {plans.map((plan) => (
          <Item key={plan.code} plan={plan} {...actions} />
        ))}
      </ul>
    </section>
  )
}

function Item({ plan, ...actions }: { plan: PlanView } & Actions) {
  const zone = useZone()
  const { status, more, tone } = describePlan(plan, zone)
  const { active, expires_at: end } = plan.entitlement
  return (
    <li className={styles.plan}>
      <h3 className={styles.name}>{plan.name}</h3>
      <p className={styles[tone]}>{status}</p>
      {more ? <p className={styles.more}>{more}</p> : null}
      {plan.payer && end && (active || isStillTried(plan)) ? (
        <Renewal plan={plan} payer={plan.payer} end={end} {...actions} />
      ) : null}
    </li>
  )
}
