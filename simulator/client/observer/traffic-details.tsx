import type { ReactNode } from 'react'
import { api } from '@/simulator/client/api'
import { attempt } from '@/simulator/client/store'
import type { StripeDelivery } from '@/simulator/wire'
import { readable, type TrafficRow } from './traffic'
import { UpdateActions } from './update-actions'

function Body({ label, text }: { label: string; text: string | undefined }) {
  if (text === undefined) return null
  return (
    <>
      <h4>{label}</h4>
      <pre className="body">{text === '' ? '(empty)' : readable(text)}</pre>
    </>
  )
}

function Note({ children }: { children: ReactNode }) {
  return <p className="body-note">{children}</p>
}

function headersText(headers: Record<string, string> | undefined): string | undefined {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  return lines.length > 0 ? lines.join('\n') : undefined
}

const took = (ms: number | undefined) =>
  ms === undefined ? 'Under way.' : `Took ${Math.round(ms)} ms.`

function CardEventDetails({ event }: { event: StripeDelivery }) {
  const again = () => {
    void attempt(async () => {
      await api.deliverCardEvent(event.event_id)
    })
  }
  return (
    <div className="details">
      <div className="update-actions">
        <button type="button" className="small-button" onClick={again}>
          Send again
          <span className="sr-only"> {event.event_id}</span>
        </button>
      </div>
      <Note>
        Attempt {event.attempt} at {event.url}. {took(event.duration_ms)}
        {event.error ? ` ${event.error}` : ''}
      </Note>
      <Body label="Event" text={event.request_body} />
      <Body label="Answer" text={event.answer_body} />
    </div>
  )
}

/** Everything that is known of one line. */
export function TrafficDetails({ row }: { row: TrafficRow }) {
  if (row.kind === 'delivery') {
    const { delivery } = row
    return (
      <div className="details">
        <UpdateActions updateId={delivery.update_id} botId={delivery.bot_id} />
        <Note>
          Attempt {delivery.attempt} in queue {delivery.queue}. {took(delivery.duration_ms)}
          {delivery.error ? ` ${delivery.error}` : ''}
          {delivery.reply_method ? ` The answer calls ${delivery.reply_method}.` : ''}
        </Note>
        <Body label="Request" text={delivery.request_body} />
        <Body label="Answer’s headers" text={headersText(delivery.answer_headers)} />
        <Body label="Answer" text={delivery.answer_body} />
      </div>
    )
  }
  if (row.kind === 'call') {
    const { call } = row
    return (
      <div className="details">
        <Note>
          {took(call.duration_ms)} {call.description ?? ''}
        </Note>
        <Body label="Parameters" text={JSON.stringify(call.parameters)} />
        <Body label="Answer" text={call.answer_body} />
      </div>
    )
  }
  if (row.kind === 'card') return <CardEventDetails event={row.event} />
  const { line } = row
  return (
    <div className="details">
      {line.note ? <Note>{line.note}</Note> : null}
      <Body label="Data" text={JSON.stringify(line.data ?? '')} />
    </div>
  )
}
