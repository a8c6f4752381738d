import { useDeferredValue, useId, useState } from 'react'
import { clearBridge, useBridgeLog } from '@/simulator/client/bridge-log'
import { Icon, type IconName } from '@/simulator/client/icons'
import { useFeed } from './feed'
import { type TrafficKind, type TrafficRow, trafficRows } from './traffic'
import { TrafficDetails } from './traffic-details'

const KINDS: { kind: TrafficKind; label: string; icon: IconName }[] = [
  { kind: 'delivery', label: 'Webhook', icon: 'out' },
  { kind: 'call', label: 'Bot API', icon: 'in' },
  { kind: 'bridge', label: 'Mini App', icon: 'window' },
  { kind: 'card', label: 'Stripe', icon: 'out' },
]
const PAGE = 100

const iconOf = (row: TrafficRow): IconName =>
  KINDS.find(({ kind }) => kind === row.kind)?.icon ?? 'out'

const labelOf = (row: TrafficRow) => KINDS.find(({ kind }) => kind === row.kind)?.label ?? ''

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(11, 23)
}

function Row({ row }: { row: TrafficRow }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <li className={`traffic traffic-${row.kind}`} data-open={open}>
      <button
        type="button"
        className="traffic-line"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className="traffic-kind">
          <Icon name={iconOf(row)} />
          <span className="sr-only">{labelOf(row)}: </span>
        </span>
        <span className="traffic-text">
          <span className="traffic-title">{row.title}</span>
          <span className="traffic-detail">{row.detail}</span>
        </span>
        <span className="traffic-end">
          {row.outcome.text ? (
            <span className={`tone tone-${row.outcome.tone}`}>{row.outcome.text}</span>
          ) : null}
          <time className="traffic-time" dateTime={new Date(row.at).toISOString()}>
            {timeOf(row.at)}
          </time>
        </span>
      </button>
      {open ? (
        <div id={id}>
          <TrafficDetails row={row} />
        </div>
      ) : null}
    </li>
  )
}

function Filters(props: {
  search: string
  kinds: ReadonlySet<TrafficKind>
  onSearch: (search: string) => void
  onToggle: (kind: TrafficKind) => void
}) {
  return (
    <div className="filters">
      <input
        type="search"
        className="search"
        aria-label="Search the traffic"
        placeholder="Search bodies, methods, ids"
        value={props.search}
        onChange={({ target }) => props.onSearch(target.value)}
      />
      <fieldset className="chips">
        <legend className="sr-only">Show</legend>
        {KINDS.map(({ kind, label, icon }) => (
          <button
            key={kind}
            type="button"
            className="chip"
            aria-pressed={props.kinds.has(kind)}
            onClick={() => props.onToggle(kind)}
          >
            <Icon name={icon} />
            {label}
          </button>
        ))}
      </fieldset>
    </div>
  )
}

/** Deliveries, calls and the bridge in one list: cause stands beside effect. Newest first. */
export function TrafficView() {
  const [search, setSearch] = useState('')
  const [kinds, setKinds] = useState<ReadonlySet<TrafficKind>>(
    new Set(['delivery', 'call', 'bridge', 'card']),
  )
  const [shown, setShown] = useState(PAGE)
  const deliveries = useFeed((feed) => feed.deliveries)
  const calls = useFeed((feed) => feed.calls)
  const cardEvents = useFeed((feed) => feed.cardEvents)
  const lines = useBridgeLog()
  const sources = { deliveries, calls, cardEvents, lines }
  const rows = trafficRows(sources, kinds, useDeferredValue(search))
  const toggle = (kind: TrafficKind) => {
    const next = new Set(kinds)
    if (!next.delete(kind)) next.add(kind)
    setKinds(next)
  }
  return (
    <>
      <Filters search={search} kinds={kinds} onSearch={setSearch} onToggle={toggle} />
      {rows.length === 0 ? (
        <p className="hint">
          {search
            ? 'Nothing here contains this.'
            : 'Nothing happened yet. Send the bot a message or open its Mini App.'}
        </p>
      ) : null}
      <ul className="traffic-list" aria-label="Traffic, newest first">
        {rows.slice(0, shown).map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      <div className="traffic-more">
        {rows.length > shown ? (
          <button type="button" className="small-button" onClick={() => setShown(shown + PAGE)}>
            Show {Math.min(PAGE, rows.length - shown)} older
          </button>
        ) : null}
        {lines.length > 0 && kinds.has('bridge') ? (
          <button type="button" className="small-button" onClick={clearBridge}>
            Forget the Mini App’s messages
          </button>
        ) : null}
      </div>
    </>
  )
}
