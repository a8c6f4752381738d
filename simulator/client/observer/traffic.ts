import type { BridgeLine } from '@/simulator/client/bridge-log'
import type { ApiCall, Delivery, StripeDelivery } from '@/simulator/wire'

/** One line of the observer's list, whatever it came from. */
export type TrafficRow = {
  id: string
  at: number
  title: string
  /** Beside the title: who to whom, which attempt. */
  detail: string
  outcome: { text: string; tone: 'good' | 'bad' | 'quiet' }
  haystack: string
} & (
  | { kind: 'delivery'; delivery: Delivery }
  | { kind: 'call'; call: ApiCall }
  | { kind: 'bridge'; line: BridgeLine }
  | { kind: 'card'; event: StripeDelivery }
)

export type TrafficKind = TrafficRow['kind']

function deliveryRow(delivery: Delivery): TrafficRow {
  const { attempt_id, update_id, type, attempt, status, ok, error, duration_ms } = delivery
  const isUnderWay = duration_ms === undefined && status === null && !error
  return {
    kind: 'delivery',
    id: `d${attempt_id}`,
    at: Date.parse(delivery.at),
    title: type,
    detail: `update ${update_id}${attempt > 1 ? `, attempt ${attempt}` : ''}`,
    outcome: {
      text: isUnderWay ? '…' : String(status ?? error ?? 'no answer'),
      tone: isUnderWay ? 'quiet' : ok ? 'good' : 'bad',
    },
    haystack: searchable(delivery),
    delivery,
  }
}

function callRow(call: ApiCall): TrafficRow {
  const { call_id, method, status, via, duration_ms, parameters } = call
  const isUnderWay = duration_ms === undefined && status === 0
  const how = via === 'webhook_reply' ? 'in the webhook’s answer' : ''
  const chat = parameters.chat_id ? `to ${parameters.chat_id}` : ''
  return {
    kind: 'call',
    id: `c${call_id}`,
    at: Date.parse(call.at),
    title: method,
    detail: [chat, how].filter(Boolean).join(', '),
    outcome: {
      text: isUnderWay ? '…' : status === 0 ? 'cut' : String(status),
      tone: isUnderWay ? 'quiet' : status === 200 ? 'good' : 'bad',
    },
    haystack: searchable(call),
    call,
  }
}

function cardRow(event: StripeDelivery): TrafficRow {
  const { attempt_id, event_id, attempt, status, ok, error, duration_ms } = event
  const isUnderWay = duration_ms === undefined
  return {
    kind: 'card',
    id: `s${attempt_id}`,
    at: Date.parse(event.at),
    title: event.type,
    detail: `${event_id.slice(0, 12)}…${attempt > 1 ? `, attempt ${attempt}` : ''}`,
    outcome: {
      text: isUnderWay ? '…' : String(status ?? error ?? 'no answer'),
      tone: isUnderWay ? 'quiet' : ok ? 'good' : 'bad',
    },
    haystack: searchable(event),
    event,
  }
}

function bridgeRow(line: BridgeLine): TrafficRow {
  return {
    kind: 'bridge',
    id: `b${line.key}`,
    at: line.time,
    title: line.name,
    detail: line.direction === 'app' ? 'Mini App → client' : 'client → Mini App',
    outcome: line.note ? { text: 'ignored', tone: 'bad' } : { text: '', tone: 'quiet' },
    haystack: searchable(line),
    line,
  }
}

function searchable(value: object): string {
  return JSON.stringify(value).toLowerCase()
}

const known = new WeakMap<object, TrafficRow>()

/** Rows are made once per object: a list of thousands is rebuilt at every event. */
function once<T extends object>(make: (item: T) => TrafficRow): (item: T) => TrafficRow {
  return (item) => {
    const row = known.get(item) ?? make(item)
    known.set(item, row)
    return row
  }
}

const rowOf = {
  delivery: once(deliveryRow),
  call: once(callRow),
  bridge: once(bridgeRow),
  card: once(cardRow),
}

export type Sources = {
  deliveries: readonly Delivery[]
  calls: readonly ApiCall[]
  cardEvents: readonly StripeDelivery[]
  lines: readonly BridgeLine[]
}

/** Newest first; `search` has to occur in what was sent, called or said. */
export function trafficRows(
  { deliveries, calls, cardEvents, lines }: Sources,
  kinds: ReadonlySet<TrafficKind>,
  search: string,
): TrafficRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const rows = [
    ...(kinds.has('delivery') ? deliveries.map(rowOf.delivery) : []),
    ...(kinds.has('call') ? calls.map(rowOf.call) : []),
    ...(kinds.has('card') ? cardEvents.map(rowOf.card) : []),
    ...(kinds.has('bridge') ? lines.map(rowOf.bridge) : []),
  ]
  return rows
    .filter(({ haystack }) => words.every((word) => haystack.includes(word)))
    .sort((a, b) => b.at - a.at || Number(b.id.slice(1)) - Number(a.id.slice(1)))
}

/** JSON indented for reading; anything else as it stands. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
