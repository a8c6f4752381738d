import type { ReactNode } from 'react'
import styles from './button.module.css'

type Look = 'main' | 'soft' | 'text' | 'danger'

type Props = {
  look?: Look
  isDisabled?: boolean
  isBusy?: boolean
  onPress: () => void
  children: ReactNode
}

export function Button({
  look = 'main',
  isDisabled = false,
  isBusy = false,
  onPress,
  children,
}: Props) {
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[look]}`}
      disabled={isDisabled || isBusy}
      aria-busy={isBusy}
      onClick={onPress}
    >
      {children}
    </button>
  )
}

/** A link to another site, or to a page that should load anew, in a button's clothes. */
export function LinkButton({
  look = 'main',
  href,
  children,
}: {
  look?: Look
  href: string
  children: ReactNode
}) {
  return (
    <a className={`${styles.button} ${styles[look]}`} href={href}>
      {children}
    </a>
  )
}
