import type { ReactNode } from 'react'
import { LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { AcceptNote } from '@/components/web/accept-note'
import { QrCode } from '@/components/web/qr-code'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { spellMoney } from '@/lib/kit/money'
import { payMessages } from '@/lib/messages/pay'
import styles from './pay.module.css'
import { PayButtons } from './pay-buttons'
import type { StartPayment, WebWay } from './start'

const words = payMessages.panel

type Plan = Pick<PlanDto, 'code' | 'name' | 'kind' | 'durationDays'>

/** Where one pays, for somebody who is logged in. */
export function BuyPanel(props: {
  plan: Plan
  ways: readonly WebWay[]
  /** Whose account gets the plan, as its owner knows it. */
  buyer: string
  start: StartPayment
  loginPath: string
}) {
  const { plan, ways, buyer, start, loginPath } = props
  return (
    <Panel heading={words.heading}>
      {plan.kind === 'subscription' ? <p className={styles.text}>{renewal(plan, ways)}</p> : null}
      <PayButtons planCode={plan.code} ways={ways} start={start} loginPath={loginPath} />
      <p className={styles.small}>
        {words.buyer(buyer)} <a href="/login">{words.notYou}</a>
      </p>
      <AcceptNote />
    </Panel>
  )
}

/** For a visitor: log in and pay here, or go to the bot, which needs no login in this browser. */
export function VisitorPanel(props: { plan: Plan; loginPath: string; botLink: string }) {
  const { plan, loginPath, botLink } = props
  return (
    <Panel heading={words.heading}>
      <LinkButton href={loginPath}>{words.logIn}</LinkButton>
      <p className={styles.small}>{words.logInHint}</p>
      <p className={styles.or}>{words.or}</p>
      <LinkButton look="soft" href={botLink}>
        <Icon name="send" />
        {words.openBot}
      </LinkButton>
      <div className={styles.scan}>
        <p>{words.scanBot}</p>
        <QrCode text={botLink} label={words.scanBotLabel(plan.name)} />
      </div>
      <AcceptNote />
    </Panel>
  )
}

/** For somebody to whom it would give nothing now. */
export function EnoughPanel({ isRenewedLater }: { isRenewedLater: boolean }) {
  return (
    <Panel heading={words.enough}>
      <p className={styles.text}>
        {words.enoughText} {isRenewedLater ? words.nextPossible : null}
      </p>
      <LinkButton look="soft" href="/account">
        {words.account}
      </LinkButton>
    </Panel>
  )
}

function Panel({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className={styles.panel} aria-labelledby="pay">
      <h2 id="pay" className={styles.title}>
        {heading}
      </h2>
      {children}
    </section>
  )
}

function renewal({ durationDays }: Plan, ways: readonly WebWay[]): string {
  const prices = ways.map(({ price }) => spellMoney(price)).join(' or ')
  return words.renews(prices, durationDays ?? 30)
}
