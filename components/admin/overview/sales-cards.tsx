import { SkeletonLine } from '@/components/ui/skeleton'
import type { SalesDto } from '@/lib/domain/figures/schema'
import { formatMoney } from '@/lib/kit/money'
import { overviewMessages } from '@/lib/messages/admin-overview'
import styles from './overview.module.css'
import { Sums } from './sums'

const { sales: words } = overviewMessages

/** What came in today and in the last 7, 30 and 90 days. */
export function SalesCards({ sales }: { sales: readonly SalesDto[] }) {
  return (
    <div className={styles.cards}>
      {sales.map((one) => (
        <section key={one.days} className={styles.card} aria-label={words.periods[one.days]}>
          <h3>{words.periods[one.days]}</h3>
          <p className={styles.sums}>
            <Sums of={one.charged} none={words.nothing} />
          </p>
          <p className={styles.soft}>{words.charges(one.charges)}</p>
          <p className={styles.soft}>
            {words.refunds(one.refunds)}{' '}
            {one.refunds > 0 ? <Sums of={one.refunded} none="" /> : null}
          </p>
          {one.estimate ? (
            <p className={styles.soft}>{words.estimate(formatMoney(one.estimate))}</p>
          ) : null}
        </section>
      ))}
    </div>
  )
}

/** The same room while the sums are on their way. */
export function SalesCardsComing() {
  return (
    <div className={styles.cards} aria-hidden="true">
      {[1, 7, 30, 90].map((days) => (
        <div key={days} className={styles.card}>
          <h3>{words.periods[days]}</h3>
          <p className={styles.sums}>
            <SkeletonLine width="short" />
          </p>
          <p className={styles.soft}>
            <SkeletonLine width="half" />
          </p>
        </div>
      ))}
    </div>
  )
}
