import type { ChatMessage, Invoice } from '@/simulator/wire'
import { RichText } from './entities'
import { dayText, timeText } from './format'
import { Star } from './icons'
import { Keyboard } from './keyboard'
import { Price } from './price'
import { type Receipt, setState } from './store'

function InvoiceCard({ invoice }: { invoice: Invoice }) {
  return (
    <div className="invoice">
      <div className="invoice-art" aria-hidden="true">
        <Star />
      </div>
      <h3>{invoice.title}</h3>
      <p>{invoice.description}</p>
      <p className="invoice-price">
        <Price currency={invoice.currency} amount={invoice.total_amount} />
        {invoice.paid ? <span className="badge">Paid</span> : null}
      </p>
    </div>
  )
}

function PaymentNote({ payment }: { payment: NonNullable<ChatMessage['payment']> }) {
  const receipt: Receipt = {
    title: payment.title,
    currency: payment.currency,
    amount: payment.total_amount,
    chargeId: payment.charge_id,
    ...(payment.subscription_until ? { subscriptionUntil: payment.subscription_until } : {}),
  }
  return (
    <div className="service">
      <span>
        You paid <Price currency={payment.currency} amount={payment.total_amount} /> for{' '}
        {payment.title}
        {payment.subscription_until ? `, until ${dayText(payment.subscription_until)}` : ''}
      </span>
      <button type="button" className="service-button" onClick={() => setState({ receipt })}>
        Receipt
      </button>
    </div>
  )
}

function RefundNote({ refund }: { refund: NonNullable<ChatMessage['refund']> }) {
  return (
    <div className="service">
      <span>
        <Price currency={refund.currency} amount={refund.total_amount} /> came back to you: the
        payment was refunded
      </span>
    </div>
  )
}

export function Message({ message }: { message: ChatMessage }) {
  if (message.payment) return <PaymentNote payment={message.payment} />
  if (message.refund) return <RefundNote refund={message.refund} />
  const mine = message.from === 'person'
  return (
    <article
      className={mine ? 'message message-mine' : 'message'}
      data-message-id={message.message_id}
    >
      <div className="bubble">
        <span className="sr-only">{mine ? 'You: ' : 'Bot: '}</span>
        {message.invoice ? <InvoiceCard invoice={message.invoice} /> : null}
        {message.text ? (
          <RichText text={message.text} {...(message.entities && { entities: message.entities })} />
        ) : null}
        <span className="stamp">
          {message.edit_date ? 'edited ' : ''}
          <time dateTime={new Date(message.date * 1000).toISOString()}>
            {timeText(message.date)}
          </time>
        </span>
      </div>
      <Keyboard message={message} />
    </article>
  )
}
