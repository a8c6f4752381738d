import type { ReactNode } from 'react'
import type { ChatMessage, InlineButton, Invoice } from '@/simulator/wire'
import { callbackKey, pressCallback } from './data'
import { SmartLink } from './entities'
import { Icon, Spinner, Star } from './icons'
import { withKeys } from './keys'
import { openMiniApp } from './mini-app'
import { openPayment } from './pay/payments'
import { Price } from './price'
import { getState, setState, useApp } from './store'

const STAR_WORD = /^(⭐️?|XTR)$/u

/** Bots write ⭐ or XTR on Pay buttons; both become the drawn star. */
function withStars(text: string): ReactNode {
  const parts = withKeys(text.split(/(⭐️?|XTR)/u), (part) => part)
  return parts.map(({ key, item }) => (STAR_WORD.test(item) ? <Star key={key} /> : item))
}

export function InvoiceButton({ invoice, text }: { invoice: Invoice; text?: string }) {
  if (invoice.paid) {
    const open = () =>
      setState({
        receipt: {
          title: invoice.title,
          currency: invoice.currency,
          amount: invoice.total_amount,
        },
      })
    return (
      <button type="button" className="key" onClick={open}>
        Receipt
      </button>
    )
  }
  return (
    <button
      type="button"
      className="key key-pay"
      onClick={() => void openPayment(invoice.slug, null)}
    >
      {text ? (
        withStars(text)
      ) : (
        <>
          Pay <Price currency={invoice.currency} amount={invoice.total_amount} />
        </>
      )}
    </button>
  )
}

function CallbackKey({ messageId, button }: { messageId: number; button: InlineButton }) {
  const waiting = useApp((state) => state.waitingCallback === callbackKey(messageId, button))
  return (
    <button
      type="button"
      className="key"
      aria-busy={waiting}
      onClick={() => void pressCallback(messageId, button)}
    >
      {button.text}
      {waiting ? <Spinner /> : null}
    </button>
  )
}

function Key({ message, button }: { message: ChatMessage; button: InlineButton }) {
  const { botId } = getState()
  if (button.pay && message.invoice) {
    return <InvoiceButton invoice={message.invoice} text={button.text} />
  }
  if (button.web_app && botId !== null) {
    const { url } = button.web_app
    return (
      <button
        type="button"
        className="key"
        onClick={() => void openMiniApp({ source: 'button', botId, url })}
      >
        {button.text}
        <Icon name="window" />
      </button>
    )
  }
  if (button.url) {
    return (
      <SmartLink className="key" href={button.url}>
        {button.text}
        <Icon name="external" />
      </SmartLink>
    )
  }
  return <CallbackKey messageId={message.message_id} button={button} />
}

/** The rows of buttons under a message; an invoice without any gets its Pay button. */
export function Keyboard({ message }: { message: ChatMessage }) {
  const rows = message.keyboard ?? []
  if (rows.length === 0 && !message.invoice) return null
  return (
    <div className="keyboard">
      {rows.length === 0 && message.invoice ? (
        <div className="key-row">
          <InvoiceButton invoice={message.invoice} />
        </div>
      ) : null}
      {withKeys(rows, (row) => row.map(({ text }) => text).join('|')).map(({ key, item: row }) => (
        <div className="key-row" key={key}>
          {withKeys(row, ({ text }) => text).map(({ key, item: button }) => (
            <Key key={key} message={message} button={button} />
          ))}
        </div>
      ))}
    </div>
  )
}
