import { useCallback, useEffect, useState } from 'react'
import { api } from '@/simulator/client/api'
import { Dialog } from '@/simulator/client/dialog'
import { dayText, periodText } from '@/simulator/client/format'
import { IconButton, Star } from '@/simulator/client/icons'
import { Price, Stars } from '@/simulator/client/price'
import { attempt, currentPerson, setState, useApp } from '@/simulator/client/store'
import type { Person, SubscriptionView } from '@/simulator/wire'
import {
  editSubscription,
  type SubscriptionAction,
  standing,
  type Transaction,
  topUp,
  transactionsOf,
} from './data'
import { TopUp } from './top-up'

function Subscription(props: { subscription: SubscriptionView; onChange: () => void }) {
  const { subscription } = props
  const { title, amount, period, state, canceled_by_person, failing, expires_at } = subscription
  const [label, action]: [string, SubscriptionAction] = failing
    ? ['Pay now', 'fulfill']
    : canceled_by_person
      ? ['Renew again', 'enable']
      : ['Cancel', 'cancel']
  const edit = () => void editSubscription(subscription, action).then(props.onChange)
  return (
    <li className="line">
      <span className="line-text">
        <span className="line-title">{title || 'Subscription'}</span>
        <span className="line-detail">{standing(subscription, dayText(expires_at))}</span>
      </span>
      <span className="line-end">
        <Stars amount={amount} />
        <span className="line-detail">every {periodText(period)}</span>
      </span>
      {state === 'active' ? (
        <button type="button" className="small-button" onClick={edit}>
          {label}
          <span className="sr-only">: {title}</span>
        </button>
      ) : null}
    </li>
  )
}

function TransactionLine({ transaction }: { transaction: Transaction }) {
  const { kind, title, botName, date, currency, amount, chargeId, until } = transaction
  const open = () =>
    setState({
      receipt: {
        title: kind === 'refund' ? `Refund from ${botName}` : title,
        currency,
        amount,
        chargeId,
        ...(until === undefined ? {} : { subscriptionUntil: until }),
      },
    })
  return (
    <li>
      <button type="button" className="line line-button" onClick={open}>
        <span className="line-text">
          <span className="line-title">{title}</span>
          <span className="line-detail">
            {botName}, {dayText(date)}
          </span>
        </span>
        <span className={kind === 'refund' ? 'line-end line-plus' : 'line-end'}>
          {kind === 'refund' ? '+' : '−'}
          <Price currency={currency} amount={amount} />
        </span>
      </button>
    </li>
  )
}

function Subscriptions({ person }: { person: Person }) {
  const chats = useApp((state) => state.chats)
  const [list, setList] = useState<SubscriptionView[] | null>(null)
  const load = useCallback(
    () => void attempt(async () => setList(await api.subscriptions(person.id))),
    [person.id],
  )
  // A renewal arrives as a message; the balance changes with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happened elsewhere is the reason
  useEffect(load, [load, chats, person.stars])
  return (
    <section className="stars-section" aria-labelledby="subscriptions-heading">
      <h3 id="subscriptions-heading">Subscriptions</h3>
      {list?.length === 0 ? (
        <p className="hint">None yet. What renews by itself is listed here, and can be stopped.</p>
      ) : null}
      <ul>
        {list?.toReversed().map((each) => (
          <Subscription key={each.charge_id} subscription={each} onChange={load} />
        ))}
      </ul>
    </section>
  )
}

function Transactions() {
  const chats = useApp((state) => state.chats)
  const all = transactionsOf(chats)
  return (
    <section className="stars-section" aria-labelledby="transactions-heading">
      <h3 id="transactions-heading">Transactions</h3>
      {all.length === 0 ? <p className="hint">Nothing was bought yet.</p> : null}
      <ul>
        {all.map((transaction) => (
          <TransactionLine key={transaction.key} transaction={transaction} />
        ))}
      </ul>
    </section>
  )
}

/** The current person's Stars: balance, top-up, subscriptions, transactions. */
export function StarsDialog() {
  const person = useApp(currentPerson)
  const open = useApp((state) => state.starsOpen)
  if (!open || !person) return null
  const close = () => setState({ starsOpen: false })
  return (
    <Dialog label="Telegram Stars" place="page" onDismiss={close}>
      <header className="sheet-header">
        <h2>Stars of {person.first_name}</h2>
        <IconButton label="Close" icon="close" onClick={close} />
      </header>
      <p className="stars-balance">
        <Star /> {person.stars}
        <span className="line-detail">Press to add some, free here</span>
      </p>
      <section className="stars-section" aria-label="Get Stars">
        <TopUp missing={0} compact onAdd={topUp} />
      </section>
      <Subscriptions person={person} />
      <Transactions />
    </Dialog>
  )
}
