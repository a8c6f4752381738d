import type { ReactNode } from 'react'
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
  const { line } = row
  return (
    <div className="details">
      {line.note ? <Note>{line.note}</Note> : null}
      <Body label="Data" text={JSON.stringify(line.data ?? '')} />
    </div>
  )
}
