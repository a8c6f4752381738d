'use client'

import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Price } from '@/components/web/price'
import type { ReceiptDto } from '@/lib/domain/accounts/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { formatMoment, webAccountMessages } from '@/lib/messages/account'
import styles from './receipt.module.css'
import { useZone } from './use-zone'

type Props = {
  receipt: ReceiptDto
  buyer: Pick<PersonActor, 'firstName' | 'lastName' | 'username' | 'telegramUserId'>
  shop: { shopName: string; seller: string; support: string }
}

/** One payment on a sheet of paper. */
export function Receipt({ receipt, buyer, shop }: Props) {
  const { receipt: words } = webAccountMessages
  return (
    <>
      <nav className={styles.bar}>
        <a className={styles.back} href="/account">
          <span className={styles.turned}>
            <Icon name="chevron" />
          </span>
          {words.back}
        </a>
        <Button look="soft" onPress={() => window.print()}>
          {words.print}
        </Button>
      </nav>
      <article className={styles.receipt}>
        <header className={styles.head}>
          <h1 id="start" className={styles.heading}>
            {words.title}
          </h1>
          <p className={styles.shop}>{shop.shopName}</p>
        </header>
        <div className={styles.parties}>
          <div>
            <h2 className={styles.label}>{words.soldBy}</h2>
            <p className={styles.lines}>{shop.seller || words.noSeller(shop.shopName)}</p>
            {shop.support ? (
              <p>
                {words.help}: {shop.support}
              </p>
            ) : null}
          </div>
          <div>
            <h2 className={styles.label}>{words.buyer}</h2>
            <p>{[buyer.firstName, buyer.lastName].filter(Boolean).join(' ')}</p>
            {buyer.username ? <p>@{buyer.username}</p> : null}
            <p>{words.telegramId(buyer.telegramUserId)}</p>
          </div>
        </div>
        <Sum receipt={receipt} />
        <Facts receipt={receipt} />
      </article>
    </>
  )
}

function Sum({ receipt: { plan, amount, currency } }: { receipt: ReceiptDto }) {
  const { receipt: words } = webAccountMessages
  return (
    <table className={styles.sum}>
      <thead>
        <tr>
          <th scope="col">{words.item}</th>
          <th scope="col">{words.amount}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>
            <span className={styles.item}>{plan?.name ?? words.unknownItem}</span>
            {plan ? (
              <span className={styles.soft}>{words.terms(plan.days, words.kind[plan.kind])}</span>
            ) : null}
          </td>
          <td>
            <Price money={{ amount, currency }} />
          </td>
        </tr>
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          <td>
            <Price money={{ amount, currency }} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

function Facts({ receipt }: { receipt: ReceiptDto }) {
  const zone = useZone()
  const { receipt: words } = webAccountMessages
  const { states } = words
  const refundedAt = receipt.refunded_at && formatMoment(receipt.refunded_at, zone)
  const state = {
    completed: states.completed,
    refunded: states.refunded(refundedAt),
    review: states.review,
  }[receipt.status]
  const utc = formatMoment(receipt.charged_at, 'UTC')
  const local = formatMoment(receipt.charged_at, zone)
  return (
    <dl className={styles.facts}>
      <Fact name={words.status} value={state} />
      <Fact name={words.date} value={local === utc ? utc : `${local} (${utc})`} />
      <Fact name={words.method} value={words.methods[receipt.provider]} />
      <Fact name={words.charge} value={receipt.charge} />
      <Fact name={words.number} value={receipt.id} />
    </dl>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
