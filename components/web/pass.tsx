import { webMessages } from '@/lib/messages/web'
import styles from './pass.module.css'

type Props = { shopName: string; tierName: string | null; isActive: boolean }

/** A drawing of what one buys: a ticket with the shop's name. It says nothing the page does not. */
export function Pass({ shopName, tierName, isActive }: Props) {
  const { validIn, active } = webMessages.home.pass
  return (
    <div className={styles.pass} aria-hidden="true">
      <svg className={styles.star} viewBox="0 2 19.4 20" aria-hidden="true">
        <path d="m12 2.6 2.9 6 6.6.8-4.9 4.5 1.3 6.5-5.9-3.2-5.9 3.2 1.3-6.5-4.9-4.5 6.6-.8Z" />
      </svg>
      <span className={styles.shop}>{shopName}</span>
      {tierName ? <span className={styles.tier}>{tierName}</span> : null}
      <span className={styles.foot}>
        <span>{validIn}</span>
        {isActive ? <span className={styles.active}>{active}</span> : null}
      </span>
    </div>
  )
}
