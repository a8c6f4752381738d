import { type ReactNode, useId } from 'react'
import { Icon } from './icon'
import styles from './message.module.css'

type Props = {
  icon: 'check' | 'clock' | 'star' | 'alert' | 'send'
  tone?: 'accent' | 'good' | 'danger'
  heading: string
  level?: 1 | 2
  text?: ReactNode
  children?: ReactNode
}

/** A whole state in the middle of the page: empty, elsewhere, done. */
export function Message({ icon, tone = 'accent', heading, level = 1, text, children }: Props) {
  const id = useId()
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <section className={styles.message} aria-labelledby={id}>
      <span className={`${styles.badge} ${styles[tone]}`}>
        <Icon name={icon} size={36} />
      </span>
      <Heading id={id} className={styles.heading}>
        {heading}
      </Heading>
      {text ? <p className={styles.text}>{text}</p> : null}
      {children ? <div className={styles.actions}>{children}</div> : null}
    </section>
  )
}
