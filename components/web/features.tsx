import { webMessages } from '@/lib/messages/web'
import styles from './features.module.css'

type Props = { includes: string | null; features: readonly string[] }

/** What one gets, as a list with ticks. */
export function Features({ includes, features }: Props) {
  const lines = [...(includes ? [webMessages.plans.includes(includes)] : []), ...features]
  if (lines.length === 0) return null
  return (
    <ul className={styles.features}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
