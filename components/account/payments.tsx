'use client'

import { Price } from '@/components/web/price'
import type { PaymentDto } from '@/lib/domain/payments/schema'
import { formatDay, webAccountMessages } from '@/lib/messages/account'
import styles from './account.module.css'
import { useZone } from './use-zone'

type Props = {
  payments: readonly PaymentDto[]
  planNames: Readonly<Record<string, string>>
}

/** As many as one page is given. */
const most = 50

/** What a person paid, newest first, each line leading to its receipt. */
export function Payments({ payments, planNames }: Props) {
  const zone = useZone()
  const { payments: words } = webAccountMessages
  return (
    <section aria-labelledby="payments">
      <h2 id="payments" className={styles.groupTitle}>
        {words.heading}
      </h2>
      {payments.length === 0 ? <p className={styles.panel}>{words.empty}</p> : null}
      <ul className={styles.list}>
        {payments.map(({ id, plan_code: code, charged_at: at, status, amount, currency }) => {
          const name = code ? (planNames[code] ?? code) : words.unknownPlan
          const day = formatDay(at, zone)
          const note = words.status[status]
          return (
            <li key={id} className={styles.payment}>
              <span className={styles.words}>
                <span className={styles.name}>{name}</span>
                <span className={styles.more}>{note ? `${day} · ${note}` : day}</span>
              </span>
              <span className={styles.cost}>
                <Price money={{ amount, currency }} />
                <a href={`/account/payments/${id}`} aria-label={words.receiptOf(name, day)}>
                  {words.receipt}
                </a>
              </span>
            </li>
          )
        })}
      </ul>
      {payments.length >= most ? <p className={styles.more}>{words.most(most)}</p> : null}
    </section>
  )
}
