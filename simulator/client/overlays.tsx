import { useEffect } from 'react'
import { Dialog, Question } from './dialog'
import { dayText } from './format'
import { Fact, IconButton } from './icons'
import { AddPersonButton, PeopleList } from './people'
import { Price } from './price'
import { StarsDialog } from './stars/stars-dialog'
import { choosePersonForLink, dismissLink } from './start'
import { setState, useApp } from './store'

function ReceiptSheet() {
  const receipt = useApp((state) => state.receipt)
  if (!receipt) return null
  const close = () => setState({ receipt: null })
  return (
    <Dialog label="Receipt" place="phone" onDismiss={close}>
      <header className="sheet-header">
        <h2>Receipt</h2>
        <IconButton label="Close" icon="close" onClick={close} />
      </header>
      <dl className="facts">
        <Fact label="For">{receipt.title}</Fact>
        <Fact label="Paid">
          <Price currency={receipt.currency} amount={receipt.amount} />
        </Fact>
        {receipt.subscriptionUntil ? (
          <Fact label="Until">{dayText(receipt.subscriptionUntil)}</Fact>
        ) : null}
        {receipt.chargeId ? (
          <Fact label="Charge">
            <code className="charge">{receipt.chargeId}</code>
          </Fact>
        ) : null}
      </dl>
      <button type="button" className="button button-wide" onClick={close}>
        OK
      </button>
    </Dialog>
  )
}

function AlertBox() {
  const alert = useApp((state) => state.alert)
  if (alert === null) return null
  const close = () => setState({ alert: null })
  return (
    <Question label="Message from the bot" place="page" text={alert} onDismiss={close}>
      <button type="button" className="answer answer-strong" onClick={close}>
        OK
      </button>
    </Question>
  )
}

function LinkQuestion() {
  const link = useApp((state) => state.linkToOpen)
  if (link === null) return null
  return (
    <Dialog label="Who opens this link?" place="page" onDismiss={() => void dismissLink()}>
      <header className="sheet-header">
        <h2>Who opens this link?</h2>
        <IconButton label="Cancel" icon="close" onClick={() => void dismissLink()} />
      </header>
      <p className="sheet-text link-text">t.me/{link}</p>
      <PeopleList onPick={(id) => void choosePersonForLink(id)} />
      <div className="side-buttons">
        <AddPersonButton onAdded={(id) => void choosePersonForLink(id)} />
      </div>
    </Dialog>
  )
}

const NOTICE_MS = 7000

function Notice() {
  const notice = useApp((state) => state.notice)
  const key = notice?.key
  useEffect(() => {
    if (key === undefined) return
    const timer = setTimeout(() => setState({ notice: null }), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [key])
  return (
    <div className="notices" role="status" aria-live="polite">
      {notice ? (
        <p className="notice" key={notice.key}>
          {notice.text}
        </p>
      ) : null}
    </div>
  )
}

/** Everything that appears over the page now and then. */
export function Overlays() {
  return (
    <>
      <StarsDialog />
      <ReceiptSheet />
      <AlertBox />
      <LinkQuestion />
      <Notice />
    </>
  )
}
