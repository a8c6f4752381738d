import type { ReactNode } from 'react'
import type { PaymentForm } from '@/simulator/wire'
import { Dialog } from './dialog'
import { periodText } from './format'
import { Fact, Icon, IconButton, Spinner, Star } from './icons'
import { withKeys } from './keys'
import { closePayment, confirmPayment, topUpAndReturn } from './payments'
import { Price, Stars } from './price'
import { type Payment, useApp } from './store'
import { TopUp } from './top-up'

function Heading({ children }: { children: string }) {
  return (
    <header className="sheet-header">
      <h2>{children}</h2>
      <IconButton label="Close payment" icon="close" onClick={closePayment} />
    </header>
  )
}

function Facts({ form }: { form: PaymentForm }) {
  const short = form.currency === 'XTR' && form.balance < form.total_amount
  return (
    <dl className="facts">
      <Fact label="To">{form.bot.first_name}</Fact>
      {form.prices.length > 1
        ? withKeys(form.prices, ({ label }) => label).map(({ key, item: line }) => (
            <Fact key={key} label={line.label}>
              <Price currency={form.currency} amount={line.amount} />
            </Fact>
          ))
        : null}
      <Fact label={form.subscription_period ? 'Each time' : 'Price'}>
        <Price currency={form.currency} amount={form.total_amount} />
      </Fact>
      {form.subscription_period ? (
        <Fact label="Renews">every {periodText(form.subscription_period)}</Fact>
      ) : null}
      {form.currency === 'XTR' ? (
        <Fact label="Your balance">
          <span className={short ? 'short' : undefined}>
            <Stars amount={form.balance} />
          </span>
        </Fact>
      ) : (
        <Fact label="Card">Test card •••• 4242</Fact>
      )}
    </dl>
  )
}

function Purchase({ payment }: { payment: Payment }) {
  const { form, step } = payment
  const pending = step === 'pending'
  return (
    <>
      <Heading>
        {form.subscription_period ? 'Confirm the subscription' : 'Confirm the purchase'}
      </Heading>
      <div className="product">
        <span className="product-art" aria-hidden="true">
          <Star />
        </span>
        <h3>{form.title}</h3>
        <p>{form.description}</p>
      </div>
      <Facts form={form} />
      <button
        type="button"
        className="button button-wide"
        disabled={pending}
        aria-busy={pending}
        onClick={() => void confirmPayment()}
      >
        {pending ? <Spinner /> : null}
        {pending ? (
          'Paying…'
        ) : (
          <>
            Pay <Price currency={form.currency} amount={form.total_amount} />
          </>
        )}
      </button>
      <p className="fine-print">
        {form.subscription_period
          ? `Charged every ${periodText(form.subscription_period)} until you cancel.`
          : 'Play money: nothing real is charged.'}
      </p>
    </>
  )
}

function TopUpStep({ form }: { form: PaymentForm }) {
  const missing = Math.max(1, form.total_amount - form.balance)
  return (
    <>
      <Heading>Not enough Stars</Heading>
      <p className="sheet-text">
        {form.title} costs <Stars amount={form.total_amount} />. You have{' '}
        <Stars amount={form.balance} />, so <Stars amount={missing} /> are missing.
      </p>
      <TopUp missing={missing} onAdd={topUpAndReturn} />
      <button type="button" className="button button-quiet button-wide" onClick={closePayment}>
        Cancel
      </button>
    </>
  )
}

function Outcome(props: { good: boolean; title: string; text: string; children?: ReactNode }) {
  return (
    <div className="outcome" role="status">
      <span className={props.good ? 'outcome-mark' : 'outcome-mark outcome-bad'} aria-hidden="true">
        <Icon name={props.good ? 'check' : 'close'} />
      </span>
      <h3>{props.title}</h3>
      <p>{props.text}</p>
      {props.children}
    </div>
  )
}

function Step({ payment }: { payment: Payment }) {
  if (payment.step === 'top-up') return <TopUpStep form={payment.form} />
  if (payment.step === 'paid') {
    return (
      <>
        <Heading>Done</Heading>
        <Outcome good title="Payment successful" text={payment.message ?? payment.form.title} />
      </>
    )
  }
  if (payment.step === 'failed') {
    return (
      <>
        <Heading>Payment</Heading>
        <Outcome good={false} title="Payment failed" text={payment.message ?? ''} />
        <button type="button" className="button button-wide" onClick={closePayment}>
          Close
        </button>
      </>
    )
  }
  return <Purchase payment={payment} />
}

/** The payment dialog: of an invoice in the chat, a t.me link or a Mini App. */
export function PaymentSheet() {
  const payment = useApp((state) => state.payment)
  if (!payment) return null
  return (
    <Dialog key={payment.key} label="Payment" place="phone" onDismiss={closePayment}>
      <Step payment={payment} />
    </Dialog>
  )
}
