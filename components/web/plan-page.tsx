import type { ReactNode } from 'react'
import { formatMoney } from '@/lib/kit/money'
import { webMessages } from '@/lib/messages/web'
import { Features } from './features'
import { termsText } from './offer-row'
import styles from './plan-page.module.css'
import { Price } from './price'
import type { WebOffer } from './tiers'

type Props = {
  offer: WebOffer
  includes: string | null
  features: readonly string[]
  /** What a person who is logged in has of it, and what buying it would do. */
  owned: string | null
  /** This tier and the one below, where there is one. */
  upgrade: { higher: string; lower: string } | null
  /** Where one pays. */
  panel: ReactNode
}

/** One plan: what it is, what it costs, what one gets, and the panel that takes the money. */
export function PlanPage({ offer, includes, features, owned, upgrade, panel }: Props) {
  const { plan, plans } = webMessages
  const { starPrice, cardPrice } = offer
  return (
    <div className={styles.page}>
      <div>
        <a className={styles.back} href="/plans">
          <span aria-hidden="true">← </span>
          {plan.back}
        </a>
        <h1 id="start" className={styles.heading}>
          {offer.name}
        </h1>
        <p className={styles.description}>{offer.description}</p>
        <p className={styles.price}>
          {starPrice ? <Price money={starPrice} /> : cardPrice ? <Price money={cardPrice} /> : null}
          <span className={styles.terms}>
            {termsText(offer)}
            {starPrice && cardPrice ? `, ${plans.byCard(formatMoney(cardPrice))}` : null}
          </span>
        </p>
        {owned ? <p className={styles.note}>{owned}</p> : null}
        <section className={styles.gets} aria-labelledby="gets">
          <h2 id="gets" className={styles.title}>
            {plan.gets}
          </h2>
          <Features includes={includes} features={[...features, ...rules(offer)]} />
        </section>
        {upgrade && !owned ? (
          <p className={styles.small}>{plan.upgrade(upgrade.higher, upgrade.lower)}</p>
        ) : null}
        {offer.kind === 'one_off' && offer.durationDays !== null ? (
          <p className={styles.small}>{plan.extend}</p>
        ) : null}
      </div>
      <div className={styles.panel}>{panel}</div>
    </div>
  )
}

function rules({ kind, durationDays }: WebOffer): string[] {
  const { plan } = webMessages
  if (durationDays === null) return [plan.forLife]
  return kind === 'subscription'
    ? [plan.renews(durationDays), plan.cancel]
    : [plan.forDays(durationDays), plan.noRenewal]
}
