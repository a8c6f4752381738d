import Link from 'next/link'
import { type OverviewRange, overviewRanges } from '@/lib/domain/figures/schema'
import { overviewMessages } from '@/lib/messages/admin-overview'
import styles from './overview.module.css'

const { label, names } = overviewMessages.ranges

/** How many days are shown; it stands in the address, so that a view can be shared. */
export function Ranges({ range }: { range: OverviewRange }) {
  return (
    <nav className={styles.ranges} aria-label={label}>
      {overviewRanges.map((days) => (
        <Link
          key={days}
          href={`/admin?days=${days}`}
          prefetch={false}
          className={styles.range}
          aria-current={days === range ? 'page' : undefined}
        >
          {names[days]}
        </Link>
      ))}
    </nav>
  )
}
