/** What the observer's panel is shown; part of `wire.ts`, which re-exports it. */

/** `GET /control/subscriptions?person_id=`: a person's subscriptions, newest last. */
export type SubscriptionView = {
  /** The first payment's id: what `POST /control/subscriptions` wants. */
  charge_id: string
  person_id: number
  bot_id: number
  title: string
  invoice_payload: string
  amount: number
  period: number
  /** Unix seconds: renewed then, or over. */
  expires_at: number
  state: 'active' | 'ended'
  canceled_by_bot: boolean
  canceled_by_person: boolean
  /** The last renewal found no Stars (or was made to fail). */
  failing: boolean
}

/**
 * One attempt to deliver one update to a webhook, as `GET /control/deliveries` lists it
 * (`?body=1` for the three `…_body` and `…_headers` members) and the observer's stream carries it.
 */
export type Delivery = {
  /** Names the attempt: a `delivery` event with a known one replaces the row. */
  attempt_id: number
  bot_id: number
  /** What replay, hold and release take. */
  update_id: number
  type: string
  queue: number
  /** 1 for the first attempt of this update. */
  attempt: number
  at: string
  at_unix: number
  /** null while no answer came (yet). */
  status: number | null
  ok: boolean
  error?: string
  /** Absent while the attempt is under way. */
  duration_ms?: number
  /** The Bot API method the answer's body called. */
  reply_method?: string
  /** The update as it went over the wire. */
  request_body?: string
  answer_headers?: Record<string, string>
  /** At most the first 16 KiB. */
  answer_body?: string
}

/** One Bot API call of a bot, as `GET /control/calls` lists it (`?method=`, `?bot_id=`). */
export type ApiCall = {
  call_id: number
  bot_id: number
  method: string
  /** The flat list of strings that every call comes down to. */
  parameters: Record<string, string>
  at: string
  /** 0 while it is under way, and when a fault cut the connection. */
  status: number
  description?: string
  via: 'http' | 'webhook_reply'
  /** Absent while the call is under way. */
  duration_ms?: number
  /** At most the first 16 KiB. */
  answer_body?: string
}

/** One attempt to deliver one of Stripe's events, as `GET /control/stripe/deliveries` lists it. */
export type StripeDelivery = {
  attempt_id: number
  event_id: string
  type: string
  endpoint_id: string
  url: string
  attempt: number
  at: string
  at_unix: number
  /** null while no answer came (yet). */
  status: number | null
  ok: boolean
  error?: string
  /** Absent while the attempt is under way. */
  duration_ms?: number
  /** When it will be tried again, if it will. */
  next_attempt_at?: string
  request_body?: string
  signature?: string
  /** At most the first 16 KiB. */
  answer_body?: string
}

/** What waits, as `GET /control/queues` lists it: one entry per queue of each bot. */
export type QueueView = {
  bot_id: number
  queue: number
  /** What the queue is for: `message`, `callback_query`, `pre_checkout_query` … */
  type: string
  updates: PendingUpdateView[]
}
export type PendingUpdateView = {
  update_id: number
  type: string
  attempts: number
  held: boolean
  in_flight: boolean
  expires_at: string
  /** When the next attempt is due, if one is scheduled. */
  next_attempt_at?: string
}

export type ClockView = { now: string; unix: number; offset_seconds: number }

/**
 * `GET /client/observer`: `data:` lines of an event stream for the observer's panel. `delivery`,
 * `call` and `stripe` come when one begins and again when it ends, always with their bodies; `queues` says that
 * `GET /control/queues` has changed (at most ten times a second); `clock` comes when it was moved,
 * `faults` when they were set.
 *
 *   POST /control/deliveries/:update_id/replay   delivered: sent again; pending: tried now
 *   POST /control/deliveries/:update_id/hold     waits (and its queue with it) until released
 *   POST /control/deliveries/:update_id/release
 */
export type ObserverEvent =
  | { type: 'delivery'; delivery: Delivery }
  | { type: 'call'; call: ApiCall }
  | { type: 'stripe'; delivery: StripeDelivery }
  | { type: 'queues' }
  | { type: 'clock'; clock: ClockView }
  | { type: 'faults'; faults: Record<string, unknown> }
