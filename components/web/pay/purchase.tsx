import type { ReactNode } from 'react'
import { LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Message } from '@/components/ui/message'
import { AcceptNote } from '@/components/web/accept-note'
import { Price } from '@/components/web/price'
import { QrCode } from '@/components/web/qr-code'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PurchaseDto } from '@/lib/domain/invoices/schema'
import { type Money, spellMoney } from '@/lib/kit/money'
import { payMessages } from '@/lib/messages/pay'
import { Announced } from './announced'
import { CopyLink } from './copy-link'
import { Countdown } from './countdown'
import { Live } from './live'
import styles from './pay.module.css'
import { PayButtons } from './pay-buttons'
import type { StartPayment } from './start'
import type { PayView } from './view'

export type PurchaseProps = {
  view: PayView
  purchase: PurchaseDto
  planName: string
  firstName: string
  secondsLeft: number
  /** Opens the payment in Telegram on this device; in simulations not the same as the link. */
  openHref: string | null
  botLink: string
  start: StartPayment
}

const words = payMessages

/** One purchase, as it stands now and as it changes. */
export function Purchase(props: PurchaseProps) {
  const { view, planName, purchase } = props
  const heading = headingOf(view, purchase, planName)
  const isSettled = view.kind === 'paid' || view.kind === 'review'
  return (
    <Announced state={view.kind} heading={heading}>
      <Body {...props} heading={heading} />
      {isSettled || isWaiting(view) ? null : <Live shown={purchase} waitingFor={null} />}
    </Announced>
  )
}

const isWaiting = ({ kind }: PayView) => kind === 'telegram' || kind === 'card'

function Body(props: PurchaseProps & { heading: string }) {
  const { view, planName, heading } = props
  switch (view.kind) {
    case 'paid':
      return <Paid {...props} entitlement={view.entitlement} />
    case 'review':
      return <Settled icon="clock" heading={heading} text={words.review.text} />
    case 'covered':
      return <Settled icon="check" heading={heading} text={words.covered.text(planName)} />
    case 'retired':
      return (
        <Message icon="clock" heading={heading} text={words.retired.text}>
          <LinkButton href="/plans">{words.page.plans}</LinkButton>
        </Message>
      )
    case 'expired':
      return <Again {...props} price={view.price} text={words.expired.text(planName)} />
    case 'changed': {
      const text = words.changed.text(spellMoney(props.purchase.price), spellMoney(view.price))
      return <Again {...props} price={view.price} text={text} />
    }
    case 'card':
      return <ByCard {...props} />
    case 'telegram':
      return <InTelegram {...props} isRefused={view.isRefusedForAnother} />
  }
}

export function headingOf(view: PayView, { method }: PurchaseDto, planName: string): string {
  switch (view.kind) {
    case 'paid':
      return isHeld(view.entitlement) ? words.paid.heading(planName) : words.paid.over
    case 'telegram':
      return words.open.heading
    case 'expired':
      return method === 'stripe' ? words.expired.cardHeading : words.expired.heading
    default:
      return words[view.kind].heading
  }
}

function InTelegram(props: PurchaseProps & { heading: string; isRefused: boolean }) {
  const { heading, planName, purchase, openHref, botLink, firstName, secondsLeft } = props
  const { open, refused } = words
  return (
    <section className={styles.page}>
      <header>
        <h1 id="start" className={styles.heading}>
          {heading}
        </h1>
        <p className={styles.text}>{open.text(planName)}</p>
      </header>
      {props.isRefused ? (
        <div role="alert" className={styles.problem}>
          <Icon name="alert" />
          <div>
            <h2 className={styles.title}>{refused.heading}</h2>
            <p>{refused.text(firstName)}</p>
          </div>
        </div>
      ) : null}
      <div className={styles.panel}>
        <p className={styles.sum}>
          <Price money={purchase.price} />
        </p>
        <LinkButton href={openHref ?? botLink}>
          <Icon name="send" />
          {openHref ? open.button : open.noLink}
        </LinkButton>
        {purchase.link ? <OtherDevice link={purchase.link} /> : null}
        {purchase.link ? null : <p className={styles.text}>{open.inChat}</p>}
        <Live shown={purchase} waitingFor="payment" />
        <Countdown seconds={secondsLeft} />
      </div>
      <p className={styles.small}>{open.account(firstName)}</p>
      <AcceptNote />
      <OtherWay planCode={purchase.plan_code} />
    </section>
  )
}

function OtherDevice({ link }: { link: string }) {
  const { open } = words
  return (
    <>
      <div className={styles.scan}>
        <p>{open.scan}</p>
        <QrCode text={link} label={open.qr} />
      </div>
      <CopyLink link={link} />
    </>
  )
}

function ByCard({ heading, planName, purchase }: PurchaseProps & { heading: string }) {
  const { card } = words
  return (
    <section className={styles.page}>
      <header>
        <h1 id="start" className={styles.heading}>
          {heading}
        </h1>
        <p className={styles.text}>{card.text(planName)}</p>
      </header>
      <div className={styles.panel}>
        <p className={styles.sum}>
          <Price money={purchase.price} />
        </p>
        <Live shown={purchase} waitingFor="bank" />
        <p className={styles.small}>{card.leave}</p>
        {purchase.link ? (
          <p className={styles.small}>
            {card.unfinished} <a href={purchase.link}>{card.resume}</a>
          </p>
        ) : null}
      </div>
      <OtherWay planCode={purchase.plan_code} />
    </section>
  )
}

function Paid(props: PurchaseProps & { heading: string; entitlement: EntitlementDto | null }) {
  const { heading, entitlement, botLink } = props
  if (!entitlement || !isHeld(entitlement)) {
    return <Settled icon="check" heading={heading} text={words.paid.overText} />
  }
  return (
    <Message
      icon="check"
      tone="good"
      heading={heading}
      text={`${termOf(entitlement)} ${entitlement.status === 'scheduled' ? '' : words.paid.useIt}`}
    >
      <LinkButton href="/account">{words.page.account}</LinkButton>
      <LinkButton look="soft" href={botLink}>
        {words.page.bot}
      </LinkButton>
    </Message>
  )
}

function Settled(props: { icon: 'check' | 'clock'; heading: string; text: string }) {
  return (
    <Message {...props}>
      <LinkButton href="/account">{words.page.account}</LinkButton>
      <LinkButton look="soft" href="/plans">
        {words.page.plans}
      </LinkButton>
    </Message>
  )
}

/** Nothing was charged, and one press makes a new one. */
function Again(props: PurchaseProps & { heading: string; price: Money; text: ReactNode }) {
  const { heading, purchase, price, text, start } = props
  const { method, plan_code, invoice_id } = purchase
  return (
    <>
      <Message icon="clock" heading={heading} text={text}>
        {method === 'telegram' ? null : (
          <PayButtons
            planCode={plan_code}
            ways={[{ method, price }]}
            start={start}
            loginPath={`/login?callbackUrl=/pay/${invoice_id}`}
          />
        )}
      </Message>
      <div className={styles.below}>
        <AcceptNote />
        <OtherWay planCode={plan_code} />
      </div>
    </>
  )
}

function OtherWay({ planCode }: { planCode: string }) {
  return (
    <a className={styles.other} href={`/plans/${planCode}`}>
      {words.page.otherPlan}
    </a>
  )
}

function isHeld(entitlement: EntitlementDto | null): boolean {
  return entitlement !== null && (entitlement.active || entitlement.status === 'scheduled')
}

function termOf({ status, starts_at, expires_at, renews }: EntitlementDto): string {
  const { from, forLife, renews: renewsOn, until } = words.paid
  if (status === 'scheduled') return from(starts_at, expires_at)
  if (expires_at === null) return forLife
  return renews ? renewsOn(expires_at) : until(expires_at)
}
