import { Moment } from '@/components/admin/moment'
import { Empty, Panel } from '@/components/admin/panel'
import { paymentWords } from '@/lib/messages/admin-payment'
import styles from './payment.module.css'

type Body = { id: string; name: string; state: string; at: string; text: string }

/** Updates and events word for word, folded away; `bodies` of null are not for this reader. */
export function Raw({ bodies }: { bodies: readonly Body[] | null }) {
  const words = paymentWords.raw
  if (!bodies) return <Empty>{words.hidden}</Empty>
  return (
    <Panel heading={words.heading} text={words.text}>
      {bodies.length === 0 ? <Empty>{words.none}</Empty> : null}
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
