import { Moment } from '@/components/admin/moment'
import type { Part } from '@/lib/messages/admin-payment'
import styles from './payment.module.css'
import { Sentence } from './sentence'

/** What happened, oldest first. */
export function Story({ lines }: { lines: readonly { at: string; parts: readonly Part[] }[] }) {
  return (
    <ol className={styles.story}>
      {lines.map(({ at, parts }) => (
        <li key={`${at} ${JSON.stringify(parts)}`} className={styles.line}>
          <span className={styles.at}>
            <Moment at={at} />
          </span>
          <span className={styles.words}>
            <Sentence parts={parts} />
          </span>
        </li>
      ))}
    </ol>
  )
}
