import type { ReactNode } from 'react'
import { Sheet } from '@/simulator/client/dialog'
import { periodText } from '@/simulator/client/format'
import { Fact, Icon, Spinner, Star } from '@/simulator/client/icons'
import { withKeys } from '@/simulator/client/keys'
import { PERSONALITIES } from '@/simulator/client/personality'
import { Price, Stars } from '@/simulator/client/price'
import { TopUp } from '@/simulator/client/stars/top-up'
import { type Payment, useApp } from '@/simulator/client/store'
import type { PaymentForm } from '@/simulator/wire'
import { CardChoice, OrderStep, ShippingStep, TipChoice, VerifyStep } from './card-steps'
import { Heading } from './heading'
import { closePayment, retryPayment, topUpAndReturn } from './payments'
import { confirmPayment, totalOf } from './submit'

function Facts({ payment }: { payment: Payment }) {
  const { form } = payment
  const isStars = form.currency === 'XTR'
  const short = isStars && form.balance < form.total_amount
  const option = payment.shippingOptions.find(({ id }) => id === payment.shippingOptionId)
  const lines = [...form.prices, ...(option?.prices ?? [])]
  return (
    <dl className="facts">
      <Fact label="To">{form.bot.first_name}</Fact>
      {lines.length > 1
        ? withKeys(lines, ({ label }) => label).map(({ key, item: line }) => (
            <Fact key={key} label={line.label}>
              <Price currency={form.currency} amount={line.amount} />
            </Fact>
          ))
        : null}
      <Fact label={form.subscription_period ? 'Each time' : 'Price'}>
        <Price currency={form.currency} amount={totalOf(payment)} />
      </Fact>
      {form.subscription_period ? (
        <Fact label="Renews">every {periodText(form.subscription_period)}</Fact>
      ) : null}
      {isStars ? (
        <Fact label="Your balance">
          <span className={short ? 'short' : undefined}>
            <Stars amount={form.balance} />
          </span>
        </Fact>
      ) : null}
    </dl>
  )
}

function PayButton({ payment }: { payment: Payment }) {
  const { form, step } = payment
  const pending = step === 'pending'
  return (
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
          Pay <Price currency={form.currency} amount={totalOf(payment)} />
        </>
      )}
    </button>
  )
}

function Purchase({ payment }: { payment: Payment }) {
  const { form } = payment
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
      <Facts payment={payment} />
      {form.currency === 'XTR' ? null : (
        <>
          <TipChoice payment={payment} />
          <CardChoice payment={payment} />
        </>
      )}
      <PayButton payment={payment} />
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

function FailedStep({ payment }: { payment: Payment }) {
  const canRetry = PERSONALITIES[payment.platform].afterFailure === 'retries'
  return (
    <>
      <Heading>Payment</Heading>
      <Outcome good={false} title="Payment failed" text={payment.message ?? ''} />
      {canRetry ? (
        <button type="button" className="button button-wide" onClick={() => void retryPayment()}>
          Try again
        </button>
      ) : null}
      <button
        type="button"
        className={canRetry ? 'button button-quiet button-wide' : 'button button-wide'}
        onClick={closePayment}
      >
        Close
      </button>
    </>
  )
}

function PaidStep({ payment }: { payment: Payment }) {
  return (
    <>
      <Heading>Done</Heading>
      <Outcome good title="Payment successful" text={payment.message || payment.form.title} />
    </>
  )
}

function Step({ payment }: { payment: Payment }) {
  switch (payment.step) {
    case 'order':
      return <OrderStep payment={payment} />
    case 'shipping':
      return <ShippingStep payment={payment} />
    case 'top-up':
      return <TopUpStep form={payment.form} />
    case 'verify':
      return <VerifyStep payment={payment} />
    case 'paid':
      return <PaidStep payment={payment} />
    case 'failed':
      return <FailedStep payment={payment} />
    default:
      return <Purchase payment={payment} />
  }
}

/** The payment dialog: of an invoice in the chat, a t.me link or a Mini App. */
export function PaymentSheet() {
  const payment = useApp((state) => state.payment)
  if (!payment) return null
  return (
    <Sheet key={payment.key} label="Payment" onDismiss={closePayment}>
      <Step payment={payment} />
    </Sheet>
  )
}
