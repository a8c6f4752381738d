import { webMessages } from '@/lib/messages/web'
import styles from './questions.module.css'

type Props = { questions: readonly { question: string; answer: string }[] }

/** Questions to unfold; the browser does it, no script of ours. */
export function Questions({ questions }: Props) {
  return (
    <section className={styles.questions} aria-labelledby="questions">
      <h2 id="questions" className={styles.heading}>
        {webMessages.questions.heading}
      </h2>
      <div className={styles.list}>
        {questions.map(({ question, answer }) => (
          <details key={question} className={styles.item}>
            <summary>{question}</summary>
            <p>{answer}</p>
          </details>
        ))}
      </div>
    </section>
  )
}
