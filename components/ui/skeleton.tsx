import styles from './skeleton.module.css'

/** A grey line of text to come: takes the room of one line, so that nothing moves later. */
export function SkeletonLine({ width }: { width: 'short' | 'half' | 'long' }) {
  return <span className={`${styles.line} ${styles[width]}`} aria-hidden="true" />
}
