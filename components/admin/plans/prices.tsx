import { Price } from '@/components/web/price'
import type { Money } from '@/lib/kit/money'
import styles from './plans.module.css'

/** All prices of a plan. */
export function Prices({ prices }: { prices: readonly Money[] }) {
  return (
    <span className={styles.prices}>
      {prices.map((price) => (
        <Price key={price.currency} money={price} />
      ))}
    </span>
  )
}
