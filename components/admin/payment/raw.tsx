import { Moment } from '@/components/admin/moment'
import { Empty, Panel } from '@/components/admin/panel'
import { paymentWords } from '@/lib/messages/admin-payment'
import styles from './payment.module.css'

type Body = { id: string; name: string; state: string; at: string; text: string }

type Props = {
  /** Null: not for this reader. */
  bodies: readonly Body[] | null
  /** How many of a kind are shown when there are more. */
  most: number | null
}

/** Updates and events as they are kept, folded away. */
export function Raw({ bodies, most }: Props) {
  const words = paymentWords.raw
  if (!bodies) return <Empty>{words.hidden}</Empty>
  return (
    <Panel heading={words.heading} text={words.text}>
      {bodies.length === 0 ? <Empty>{words.none}</Empty> : null}
      {most === null ? null : <p>{words.more(most)}</p>}
      {bodies.map(({ id, name, state, at, text }) => (
        <details key={id} className={styles.raw}>
          <summary>
            {name} · {words.states[state] ?? state} · <Moment at={at} />
          </summary>
          <pre className={styles.code}>{text}</pre>
        </details>
      ))}
    </Panel>
  )
}
