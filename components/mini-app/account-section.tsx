import { type ReactNode, useId } from 'react'
import { SkeletonLine } from '@/components/ui/skeleton'
import { miniAppMessages } from '@/lib/messages/mini-app'
import styles from './account-section.module.css'
import page from './page.module.css'

export type Line = {
  key: string
  name: string
  detail: string
  value: string
  tone: 'good' | 'plain'
  /** What the person can do about it. */
  more?: ReactNode
}

/** A titled list; left out when there is nothing in it and nothing to say about that. */
export function AccountSection(props: { title: string; lines: Line[]; ifEmpty?: string }) {
  const { title, lines, ifEmpty } = props
  const id = useId()
  if (lines.length === 0 && !ifEmpty) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {lines.length === 0 ? <p className={`${page.card} ${styles.line}`}>{ifEmpty}</p> : null}
      <ul className={page.card}>
        {lines.map((line) => (
          <li key={line.key} className={styles.item}>
            <div className={styles.line}>
              <span className={styles.words}>
                <span className={styles.name}>{line.name}</span>
                <span className={styles[line.tone]}>{line.detail}</span>
              </span>
              <span className={styles.value}>{line.value}</span>
            </div>
            {line.more}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Two sections to come, so that little moves when they do. */
export function AccountSkeleton() {
  return (
    <div role="status" aria-label={miniAppMessages.loading} className={styles.skeleton}>
      {[miniAppMessages.account.active, miniAppMessages.account.payments].map((title) => (
        <div key={title}>
          <p className={styles.title}>{title}</p>
          <div className={`${page.card} ${styles.line}`}>
            <span className={styles.words}>
              <SkeletonLine width="half" />
              <span className={styles.plain}>
                <SkeletonLine width="long" />
              </span>
            </span>
          </div>
        </div>
      ))}
    </div>
  )
}
