import type { InvoiceNews } from '@/lib/domain/invoices/schema'

/** What following needs of a browser; tests bring their own. */
export type World = {
  /** Opens the stream of events; null where browser or network have none. */
  openStream: (on: { news: (data: string) => void; broken: () => void }) => (() => void) | null
  /** Asks once. Rejects while there is no connection. */
  ask: () => Promise<{ status: number; body: unknown }>
  after: (ms: number, what: () => void) => () => void
}

export type Told = {
  news: (news: InvoiceNews) => void
  /** The page must be loaded anew: the login is over, or the invoice is not ours. */
  lost: () => void
  connection: (isThere: boolean) => void
}

const ms = { silence: 8000, reconnect: 1000, poll: 3000, latePoll: 5000, offlineMax: 15_000 }
/** After so many broken streams in a row, asking now and then takes over. */
const brokenStreamsMax = 3
/** A payment may arrive after the end of its invoice, but not much later. */
const latePolls = 36

/**
 * Follows one invoice: by events where they get through, else by asking. `isLate`: its stream is
 * over, but money may still be under way. `wake` asks at once, `sleep` lets go of the network.
 */
export function followInvoice(world: World, told: Told, isLate: boolean) {
  let closeStream = () => {}
  let cancelTimer = () => {}
  let brokenStreams = 0
  let failures = 0
  let polls = 0
  let turn = 0

  const letGo = () => {
    turn += 1
    closeStream()
    cancelTimer()
    closeStream = () => {}
    cancelTimer = () => {}
  }
  const later = (delayMs: number, what: () => void) => {
    cancelTimer()
    cancelTimer = world.after(delayMs, what)
  }
  const hear = (body: unknown) => {
    if (!isNews(body)) return
    failures = 0
    told.connection(true)
    told.news(body)
  }

  const listen = () => {
    letGo()
    const mine = turn
    const broken = () => {
      if (mine !== turn) return
      brokenStreams += 1
      void ask()
    }
    const news = (data: string) => {
      if (mine !== turn) return
      brokenStreams = 0
      cancelTimer()
      hear(parse(data))
    }
    const opened = world.openStream({ news, broken })
    if (!opened) return void later(ms.poll, ask)
    closeStream = opened
    // A proxy that holds events back looks like a stream that says nothing.
    later(ms.silence, broken)
  }

  const ask = async () => {
    letGo()
    const mine = turn
    const answer = await world.ask().catch(() => null)
    if (mine !== turn) return
    if (answer?.status === 401 || answer?.status === 404) return told.lost()
    if (answer?.status === 200) hear(answer.body)
    else {
      failures += 1
      told.connection(false)
    }
    if (mine === turn) goOn()
  }

  const goOn = () => {
    if (failures > 0) return later(Math.min(ms.reconnect * 2 ** failures, ms.offlineMax), ask)
    if (isLate) {
      polls += 1
      if (polls < latePolls) later(ms.latePoll, ask)
      return
    }
    if (brokenStreams < brokenStreamsMax) later(ms.reconnect * brokenStreams, listen)
    else later(ms.poll, ask)
  }

  if (isLate) later(ms.latePoll, ask)
  else listen()
  return { wake: () => void ask(), sleep: letGo }
}

/** Our server writes it from a schema; what stands between may answer with something of its own. */
function isNews(body: unknown): body is InvoiceNews {
  return (
    typeof body === 'object' &&
    body !== null &&
    'status' in body &&
    typeof body.status === 'string' &&
    'invoice_id' in body
  )
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
