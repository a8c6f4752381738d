import { useId } from 'react'
import styles from './mark.module.css'

/**
 * The owner's logo, or our mark: a ticket with a star, the same drawing as public/icon.svg, but part
 * of the page, so that it is there at once. The name of the shop stands beside it, so it is silent.
 */
export function Mark({ logo, size }: { logo: string | null; size: number }) {
  if (!logo) return <OwnMark size={size} />
  return (
    // biome-ignore lint/performance/noImgElement: a small picture of ours needs no optimiser.
    <img src={logo} width={size} height={size} alt="" className={styles.mark} />
  )
}

function OwnMark({ size }: { size: number }) {
  const fill = useId()
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" className={styles.mark}>
      <linearGradient id={fill} x2="1" y2="1">
        <stop stopColor="#4f7df3" />
        <stop offset="1" stopColor="#6a43d6" />
      </linearGradient>
      <path
        fill={`url(#${fill})`}
        d="M14 10h36a8 8 0 0 1 8 8v7.2a7 7 0 0 0 0 13.6V46a8 8 0 0 1-8 8H14a8 8 0 0 1-8-8v-7.2a7 7 0 0 0 0-13.6V18a8 8 0 0 1 8-8Z"
      />
      <path
        fill="#ffd54a"
        d="m32 17.5 4.4 9.2 10.1 1.3-7.4 7 1.9 10-9-4.9-9 4.9 1.9-10-7.4-7 10.1-1.3Z"
      />
    </svg>
  )
}
