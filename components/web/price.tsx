import { formatMoney, type Money, stars } from '@/lib/kit/money'
import { webMessages } from '@/lib/messages/web'
import styles from './price.module.css'

/** A sum; screen readers hear "Stars" and not the name of a picture of a star. */
export function Price({ money }: { money: Money }) {
  if (money.currency !== stars) return <span>{formatMoney(money)}</span>
  const amount = new Intl.NumberFormat('en').format(money.amount)
  return (
    <span className={styles.price}>
      <span aria-hidden="true" className={styles.figure}>
        <svg width="0.9em" height="0.9em" viewBox="0 0 24 24" aria-hidden="true">
          <path d="m12 2.6 2.9 6 6.6.8-4.9 4.5 1.3 6.5-5.9-3.2-5.9 3.2 1.3-6.5-4.9-4.5 6.6-.8Z" />
        </svg>
        {amount}
      </span>
      <span className={styles.spoken}>{webMessages.plans.stars(amount)}</span>
    </span>
  )
}
