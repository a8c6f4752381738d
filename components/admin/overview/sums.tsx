import { Price } from '@/components/web/price'
import type { Money } from '@/lib/kit/money'
import styles from './overview.module.css'

/** One sum per currency, one below the other. */
export function Sums({ of, none }: { of: readonly Money[]; none: string }) {
  if (of.length === 0) return <>{none}</>
  return (
    <span className={styles.small}>
      {of.map((money) => (
        <Price key={money.currency} money={money} />
      ))}
    </span>
  )
}
