import { formatMoney } from '@/lib/kit/money'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { durationText, periodOf } from './offer-state'
import type { Offer } from './plan-groups'
import styles from './plan-row.module.css'

/** What the person has to do with an offer, once that is known. */
export type OfferState = { text: string; isOwned: boolean; isSelectable: boolean }

type Props = {
  offer: Offer
  state: OfferState | undefined
  isSelected: boolean
  onSelect: (planCode: string) => void
}

/** A radio button with everything one needs to decide. */
export function PlanRow({ offer, state, isSelected, onSelect }: Props) {
  return (
    <label className={styles.row}>
      <input
        className={styles.input}
        type="radio"
        name="plan"
        value={offer.code}
        checked={isSelected}
        disabled={state?.isSelectable === false}
        onChange={() => onSelect(offer.code)}
      />
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.words}>
        <span className={styles.name}>{offer.name}</span>
        <span className={state?.isOwned ? styles.owned : styles.duration}>
          {state?.text ?? durationText(offer)}
        </span>
      </span>
      <span className={styles.price}>
        {formatMoney(offer.price)}
        <PriceNote offer={offer} />
      </span>
    </label>
  )
}

/** How often the price is paid, or what it is in other money. */
function PriceNote({ offer }: { offer: Offer }) {
  const { shop } = miniAppMessages
  const [, other] = offer.ways
  if (offer.kind === 'subscription') {
    return <span className={styles.note}>{shop.every(periodOf(offer))}</span>
  }
  return other ? <span className={styles.note}>{shop.or(formatMoney(other.price))}</span> : null
}
