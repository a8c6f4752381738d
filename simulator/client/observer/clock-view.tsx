import { type FormEvent, useEffect, useState } from 'react'
import { api } from '@/simulator/client/api'
import { refreshChats } from '@/simulator/client/data'
import { Spinner } from '@/simulator/client/icons'
import { attempt } from '@/simulator/client/store'
import { setClock, useFeed } from './feed'

const STEPS: [label: string, seconds: number][] = [
  ['1 minute', 60],
  ['1 hour', 3600],
  ['1 day', 86_400],
  ['30 days', 2_592_000],
]
const UNITS: [label: string, seconds: number][] = [
  ['seconds', 1],
  ['minutes', 60],
  ['hours', 3600],
  ['days', 86_400],
]

function useTick(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

function aheadText(seconds: number): string {
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const parts = [
    [days, 'day'],
    [hours, 'hour'],
    [minutes, 'minute'],
  ] as const
  const text = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ')
  return text ? `${text} ahead of your computer` : 'the same as on your computer'
}

function Face() {
  const clock = useFeed((feed) => feed.clock)
  const readAt = useFeed((feed) => feed.clockReadAt)
  const now = useTick()
  if (!clock) return <p className="clock-face">…</p>
  const shown = new Date(Date.parse(clock.now) + Math.max(0, now - readAt))
  return (
    <p className="clock-face">
      <time dateTime={shown.toISOString()}>
        {shown.toISOString().slice(0, 19).replace('T', ' ')}
      </time>
      <span className="line-detail">UTC, {aheadText(clock.offset_seconds)}</span>
    </p>
  )
}

/** Simulated time: what is due on the way happens on the way. */
export function ClockView() {
  const [busy, setBusy] = useState(false)
  const advance = (seconds: number) => {
    setBusy(true)
    void attempt(async () => {
      setClock(await api.advance(seconds))
      await refreshChats()
    }).finally(() => setBusy(false))
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    advance(Math.trunc(Number(fields.get('count')) * Number(fields.get('unit'))))
  }
  return (
    <>
      <Face />
      <fieldset className="chips clock-steps" disabled={busy}>
        <legend className="panel-legend">Let time pass</legend>
        {STEPS.map(([label, seconds]) => (
          <button key={label} type="button" className="chip" onClick={() => advance(seconds)}>
            +{label}
          </button>
        ))}
      </fieldset>
      <form className="clock-custom" onSubmit={submit}>
        <input
          name="count"
          type="number"
          aria-label="How much"
          min={1}
          max={100_000}
          required
          defaultValue={2}
        />
        <select name="unit" aria-label="Unit" defaultValue={60}>
          {UNITS.map(([label, seconds]) => (
            <option key={label} value={seconds}>
              {label}
            </option>
          ))}
        </select>
        <button type="submit" className="small-button" disabled={busy}>
          {busy ? <Spinner /> : 'Go'}
        </button>
      </form>
      <p className="body-note">
        Retries, the ten seconds of a pre-checkout, expiry and renewals happen on the way, in order.
        Time does not run backwards.
      </p>
    </>
  )
}
