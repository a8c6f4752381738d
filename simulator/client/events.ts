import type { ClientEvent } from '@/simulator/wire'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 5000

type Listener = {
  onEvent: (event: ClientEvent) => void
  /** Every (re)connection: what happened in between has to be fetched. */
  onConnected: () => void
  onLost: () => void
}

/** Follows the server's event stream until the page goes away, reconnecting when it breaks. */
export function listen({ onEvent, onConnected, onLost }: Listener): void {
  let delay = FIRST_DELAY_MS
  const connect = () => {
    const source = new EventSource('/client/events')
    source.onopen = () => {
      delay = FIRST_DELAY_MS
      onConnected()
    }
    source.onmessage = (message: MessageEvent<string>) => {
      onEvent(JSON.parse(message.data) as ClientEvent)
    }
    source.onerror = () => {
      source.close()
      onLost()
      setTimeout(connect, delay)
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    }
  }
  connect()
}
