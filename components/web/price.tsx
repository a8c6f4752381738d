import { formatMoney, type Money, spellMoney, stars } from '@/lib/kit/money'
import styles from './price.module.css'
import { Star } from './star'

/** A sum; screen readers hear "Stars" and not the name of a picture of a star. */
export function Price({ money }: { money: Money }) {
  if (money.currency !== stars) return <span>{formatMoney(money)}</span>
  const amount = new Intl.NumberFormat('en').format(money.amount)
  return (
    <span className={styles.price}>
      <span aria-hidden="true" className={styles.figure}>
        <Star />
        {amount}
      </span>
      <span className={styles.spoken}>{spellMoney(money)}</span>
    </span>
  )
}
