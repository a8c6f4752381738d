import { api } from './api'
import { refreshChats } from './data'
import { Question } from './dialog'
import type { HostState, PopupButton } from './host-state'
import { withKeys } from './keys'
import { closeMiniApp } from './mini-app'
import { attempt, type MiniAppSession } from './store'

type Props = {
  session: MiniAppSession
  state: HostState
  update: (patch: Partial<HostState>) => void
  send: (event: string, data?: unknown) => void
}

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

function WriteAccess({ session, update, send }: Props) {
  const answer = (status: 'allowed' | 'cancelled') => {
    update({ question: null })
    send('write_access_requested', { status })
  }
  const allow = () =>
    attempt(async () => {
      await api.allowWriting({ person_id: session.personId, bot_id: session.botId })
      answer('allowed')
      await refreshChats()
    })
  return (
    <Question
      label="Allow messages"
      place="phone"
      title="Allow messages?"
      text={`${session.title} would like to send you messages.`}
      onDismiss={() => answer('cancelled')}
    >
      <button type="button" className="answer" onClick={() => answer('cancelled')}>
        Cancel
      </button>
      <button type="button" className="answer answer-strong" onClick={() => void allow()}>
        Allow
      </button>
    </Question>
  )
}

function CloseAnyway({ session, update }: Props) {
  const stay = () => update({ question: null })
  return (
    <Question
      label="Close the Mini App?"
      place="phone"
      title={`Close ${session.title}?`}
      text="Changes that you made may not be saved."
      onDismiss={stay}
    >
      <button type="button" className="answer" onClick={stay}>
        Stay
      </button>
      <button
        type="button"
        className="answer answer-destructive"
        onClick={() => closeMiniApp(session.key)}
      >
        Close anyway
      </button>
    </Question>
  )
}

/** What the Mini App, or closing it, asks the person. */
export function HostQuestions(props: Props) {
  const { question } = props.state
  if (question?.kind === 'write-access') return <WriteAccess {...props} />
  if (question?.kind === 'close') return <CloseAnyway {...props} />
  if (!question) return null
  const answer = (data: { button_id?: string }) => {
    props.update({ question: null })
    props.send('popup_closed', data)
  }
  return (
    <Question
      label={question.title || 'Message from the Mini App'}
      place="phone"
      title={question.title}
      text={question.message}
      onDismiss={() => answer({})}
    >
      <PopupAnswers buttons={question.buttons} onAnswer={(id) => answer({ button_id: id })} />
    </Question>
  )
}
