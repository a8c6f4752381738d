import { webMessages } from '@/lib/messages/web'
import styles from './accept-note.module.css'

/** Stands wherever one can pay. */
export function AcceptNote() {
  const { before, terms, between, privacy, after } = webMessages.plans.accept
  return (
    <p className={styles.note}>
      {before}
      <a href="/terms">{terms}</a>
      {between}
      <a href="/privacy">{privacy}</a>
      {after}
    </p>
  )
}
