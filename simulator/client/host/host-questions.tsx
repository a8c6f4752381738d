import type { FormEvent, ReactNode } from 'react'
import { Dialog, Question } from '@/simulator/client/dialog'
import { IconButton } from '@/simulator/client/icons'
import { withKeys } from '@/simulator/client/keys'
import { closeMiniApp } from '@/simulator/client/mini-app'
import { allowWriting, placeOnHomeScreen, sharePhone } from './answers'
import type { Host } from './host'
import type { HostQuestion, HostState, PopupButton } from './host-state'

function PopupAnswers(props: { buttons: PopupButton[]; onAnswer: (id: string) => void }) {
  return withKeys(props.buttons, ({ id }) => id).map(({ key, item: button }) => (
    <button
      key={key}
      type="button"
      className={button.destructive ? 'answer answer-destructive' : 'answer'}
      onClick={() => props.onAnswer(button.id)}
    >
      {button.text}
    </button>
  ))
}

function Popup({ host, popup }: { host: Host; popup: Extract<HostQuestion, { kind: 'popup' }> }) {
  const answer = (data: { button_id?: string }) => {
    host.update({ question: null })
    host.send('popup_closed', data)
  }
  return (
    <Question
      label={popup.title || 'Message from the Mini App'}
      place="phone"
      title={popup.title}
      text={popup.message}
      onDismiss={() => answer({})}
    >
      <PopupAnswers buttons={popup.buttons} onAnswer={(id) => answer({ button_id: id })} />
    </Question>
  )
}

/** A question with a no and a yes. */
function YesNo(props: {
  label: string
  title: string
  text: string
  no?: string
  yes: ReactNode
  destructive?: boolean
  onNo: () => void
  onYes: () => void
}) {
  return (
    <Question
      label={props.label}
      place="phone"
      title={props.title}
      text={props.text}
      onDismiss={props.onNo}
    >
      <button type="button" className="answer" onClick={props.onNo}>
        {props.no ?? 'Cancel'}
      </button>
      <button
        type="button"
        className={props.destructive ? 'answer answer-destructive' : 'answer answer-strong'}
        onClick={props.onYes}
      >
        {props.yes}
      </button>
    </Question>
  )
}

function Scan({ host, text }: { host: Host; text: string }) {
  const close = () => {
    host.update({ question: null })
    host.send('scan_qr_popup_closed')
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = String(new FormData(event.currentTarget).get('code') ?? '')
    if (data) host.send('qr_text_received', { data })
  }
  return (
    <Dialog label="Scan a code" place="phone" onDismiss={close}>
      <header className="sheet-header">
        <h2>Scan a code</h2>
        <IconButton label="Stop scanning" icon="close" onClick={close} />
      </header>
      <form className="form" onSubmit={submit}>
        {text ? <p className="sheet-text">{text}</p> : null}
        <label>
          There is no camera here. What does the code say?
          <input name="code" autoComplete="off" required />
        </label>
        <button type="submit" className="button button-wide">
          Scan
        </button>
      </form>
    </Dialog>
  )
}

/** What the Mini App, or closing it, asks the person. */
export function HostQuestions({ host, state }: { host: Host; state: HostState }) {
  const { question } = state
  const { title, key } = host.session
  const refuse = (event: string) => () => {
    host.update({ question: null })
    host.send(event, { status: 'cancelled' })
  }
  switch (question?.kind) {
    case 'popup':
      return <Popup host={host} popup={question} />
    case 'scan':
      return <Scan host={host} text={question.text} />
    case 'write-access':
      return (
        <YesNo
          label="Allow messages"
          title="Allow messages?"
          text={`${title} would like to send you messages.`}
          yes="Allow"
          onNo={refuse('write_access_requested')}
          onYes={() => void allowWriting(host)}
        />
      )
    case 'phone':
      return (
        <YesNo
          label="Share phone number"
          title="Share your phone number?"
          text={`${title} will learn the number of this play account.`}
          yes="Share"
          onNo={refuse('phone_requested')}
          onYes={() => void sharePhone(host)}
        />
      )
    case 'home-screen':
      return (
        <YesNo
          label="Add to home screen"
          title="Add to home screen?"
          text={`${title} would get an icon beside your other apps.`}
          yes="Add"
          onNo={() => {
            host.update({ question: null })
            host.send('home_screen_failed', { error: 'CANCELLED' })
          }}
          onYes={() => placeOnHomeScreen(host)}
        />
      )
    case 'close':
      return (
        <YesNo
          label="Close the Mini App?"
          title={`Close ${title}?`}
          text="Changes that you made may not be saved."
          no="Stay"
          yes="Close anyway"
          destructive
          onNo={() => host.update({ question: null })}
          onYes={() => closeMiniApp(key)}
        />
      )
    default:
      return null
  }
}
