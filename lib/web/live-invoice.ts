import { requirePerson } from '@/lib/auth/actor-from-request'
import { requireInvoice, requireInvoiceNews } from '@/lib/domain/invoices/queries'
import type { InvoiceNews } from '@/lib/domain/invoices/schema'
import { Refusal } from '@/lib/kit/errors'
import { single } from '@/lib/platform/global'
import { addLogContext, withLogContext } from '@/lib/platform/log'
import { watchInvoice } from './invoice-watch'
import { toProblem } from './problem'
import { personRoute } from './rest'

type Context = { params: Promise<{ id: string }> }

/** Streams that one person may have open in this process; more tabs ask now and then instead. */
const streamsMax = 8
const heartbeatMs = 15_000
/** After this the client connects anew, and shows again who it is. */
const lifeMs = 4 * 60_000
const reconnectMs = 1000

const status = personRoute<{ id: string }>(async ({ actor, params }) => ({
  body: await requireInvoice(actor, params.id),
}))

/** How the owner's invoice stands: once, or with `?live=1` as it changes. */
export function invoiceRoute(request: Request, context: Context): Promise<Response> {
  const isLive = new URL(request.url).searchParams.get('live') === '1'
  return isLive ? withLogContext({}, () => follow(request, context)) : status(request, context)
}

async function follow(request: Request, context: Context): Promise<Response> {
  try {
    const person = await requirePerson(request)
    addLogContext({ telegramUserId: person.telegramUserId })
    const first = await requireInvoiceNews(person, (await context.params).id)
    const release = takeStream(person.telegramUserId)
    return new Response(stream(first, request.signal, release), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        // Compressing or buffering on the way would hold the news back.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  } catch (error) {
    return toProblem(error)
  }
}

/** Server-sent events: what holds now at once, then what changes, until it is settled. */
function stream(
  first: InvoiceNews,
  signal: AbortSignal,
  release: () => void,
): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let told = ''
      const write = (line: string) => controller.enqueue(text.encode(`${line}\n\n`))
      const tell = (news: InvoiceNews) => {
        const data = JSON.stringify(news)
        if (data !== told) write(`data: ${data}`)
        told = data
        if (news.status !== 'open') end()
      }
      const stopWatching = watchInvoice(first.invoice_id, tell)
      const heartbeat = setInterval(() => write(': still here'), heartbeatMs)
      const life = setTimeout(() => end(), lifeMs)
      end = () => {
        end = () => {}
        stopWatching()
        clearInterval(heartbeat)
        clearTimeout(life)
        signal.removeEventListener('abort', onAbort)
        openStreams().delete(onAbort)
        release()
        close(controller)
      }
      const onAbort = () => end()
      signal.addEventListener('abort', onAbort)
      openStreams().add(onAbort)
      write(`retry: ${reconnectMs}`)
      tell(first)
    },
    cancel: () => end(),
  })
}

function close(controller: ReadableStreamDefaultController): void {
  try {
    controller.close()
  } catch {
    // The client closed it first.
  }
}

/** Ways to end the streams of this process: a server that stops would wait for them. */
function openStreams(): Set<() => void> {
  return single('invoice_streams', () => {
    const ends = new Set<() => void>()
    for (const event of ['SIGTERM', 'SIGINT'] as const) {
      process.once(event, () => {
        for (const end of ends) end()
      })
    }
    return ends
  })
}

/** Refuses: rate_limited. */
function takeStream(telegramUserId: number): () => void {
  const counts = single('invoice_stream_counts', () => new Map<number, number>())
  const open = counts.get(telegramUserId) ?? 0
  if (open >= streamsMax) {
    throw new Refusal('rate_limited', `At most ${streamsMax} streams at a time.`, 10)
  }
  counts.set(telegramUserId, open + 1)
  return () => {
    const left = (counts.get(telegramUserId) ?? 1) - 1
    if (left > 0) counts.set(telegramUserId, left)
    else counts.delete(telegramUserId)
  }
}
