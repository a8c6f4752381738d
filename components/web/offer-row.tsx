import { formatMoney } from '@/lib/kit/money'
import { webMessages } from '@/lib/messages/web'
import styles from './offer-row.module.css'
import { Price } from './price'
import type { WebOffer } from './tiers'

type Props = {
  offer: WebOffer
  /** What a person who is logged in has of it. */
  owned: string | null
}

/** One plan as a link to its page: what it is called, how long it runs and what it costs. */
export function OfferRow({ offer, owned }: Props) {
  const { plans } = webMessages
  const { starPrice, cardPrice, savedPercent } = offer
  return (
    <a className={styles.row} href={`/plans/${offer.code}`}>
      <span className={styles.words}>
        <span className={styles.name}>
          {offer.name}
          {savedPercent > 0 ? (
            <span className={styles.saved}>{plans.save(savedPercent)}</span>
          ) : null}
        </span>
        <span className={owned ? styles.owned : styles.terms}>{owned ?? termsText(offer)}</span>
      </span>
      <span className={styles.cost}>
        {starPrice ? <Price money={starPrice} /> : null}
        {cardPrice ? <CardPrice text={formatMoney(cardPrice)} isAlone={!starPrice} /> : null}
      </span>
    </a>
  )
}

function CardPrice({ text, isAlone }: { text: string; isAlone: boolean }) {
  if (isAlone) return <span>{text}</span>
  return <span className={styles.card}>{webMessages.plans.byCard(text)}</span>
}

/** How a plan is paid and how long it runs. */
export function termsText({ kind, durationDays }: WebOffer): string {
  const { plans } = webMessages
  if (durationDays === null) return plans.onceForLife
  return kind === 'subscription' ? plans.renewing(durationDays) : plans.once(durationDays)
}
