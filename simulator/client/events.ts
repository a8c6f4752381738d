const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 5000

type Listener<T> = {
  onEvent: (event: T) => void
  /** Every (re)connection: what happened in between has to be fetched. */
  onConnected: () => void
  onLost: () => void
}

/** Follows one of the server's event streams, reconnecting when it breaks, until it is stopped. */
export function follow<T>(path: string, { onEvent, onConnected, onLost }: Listener<T>): () => void {
  let delay = FIRST_DELAY_MS
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const connect = () => {
    const stream = new EventSource(path)
    source = stream
    stream.onopen = () => {
      delay = FIRST_DELAY_MS
      onConnected()
    }
    stream.onmessage = (message: MessageEvent<string>) => onEvent(JSON.parse(message.data) as T)
    stream.onerror = () => {
      stream.close()
      onLost()
      timer = setTimeout(connect, delay)
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    }
  }
  connect()
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}
