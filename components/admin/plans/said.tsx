import styles from './plans.module.css'

type Tone = 'refused' | 'warning' | 'fine'

/** Sentences about a plan, worst first. */
export function Said({ lines }: { lines: readonly { tone: Tone; text: string }[] }) {
  if (lines.length === 0) return null
  const order: Tone[] = ['refused', 'warning', 'fine']
  const sorted = order.flatMap((tone) => lines.filter((line) => line.tone === tone))
  return (
    <ul className={styles.list}>
      {sorted.map(({ tone, text }) => (
        <li key={text} className={tone === 'warning' ? undefined : styles[tone]}>
          {text}
        </li>
      ))}
    </ul>
  )
}
