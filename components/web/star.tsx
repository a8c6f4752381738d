import styles from './star.module.css'

const size = '0.9em'
const path = 'm12 2.6 2.9 6 6.6.8-4.9 4.5 1.3 6.5-5.9-3.2-5.9 3.2 1.3-6.5-4.9-4.5 6.6-.8Z'

/**
 * The sign of Telegram's Stars as a drawing: finding a font that has it takes a browser longer than
 * all other text of a page. With `isNamed` a screen reader hears what it would hear of the sign.
 */
export function Star({ isNamed = false }: { isNamed?: boolean }) {
  const star = <path d={path} />
  return isNamed ? (
    <svg
      role="img"
      aria-label="⭐"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      className={styles.star}
    >
      {star}
    </svg>
  ) : (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 24 24" className={styles.star}>
      {star}
    </svg>
  )
}
