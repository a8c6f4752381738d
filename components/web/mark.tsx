import styles from './mark.module.css'

/**
 * The owner's logo, or our mark: a ticket with a star, the same drawing as public/icon.svg. The name
 * of the shop stands beside it, so it is silent.
 */
export function Mark({ logo, size }: { logo: string | null; size: number }) {
  return (
    // biome-ignore lint/performance/noImgElement: a small picture of ours needs no optimiser.
    <img src={logo ?? '/icon.svg'} width={size} height={size} alt="" className={styles.mark} />
  )
}
