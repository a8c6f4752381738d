import styles from './star.module.css'

/**
 * The sign of Telegram's Stars as a drawing: finding a font that has it takes a browser longer than
 * shaping all other text of a page. A screen reader hears what it would hear of the sign.
 */
export function Star() {
  return (
    <svg
      role="img"
      aria-label="⭐"
      width="0.9em"
      height="0.9em"
      viewBox="0 0 24 24"
      className={styles.star}
    >
      <path d="m12 2.6 2.9 6 6.6.8-4.9 4.5 1.3 6.5-5.9-3.2-5.9 3.2 1.3-6.5-4.9-4.5 6.6-.8Z" />
    </svg>
  )
}
