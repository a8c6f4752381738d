'use client'

import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { paymentsMessages } from '@/lib/messages/admin-payments'
import styles from './payments.module.css'

type State =
  | { kind: 'idle' | 'failed' | 'forbidden' }
  | { kind: 'working'; rows: number; bytes: number }
  | { kind: 'done'; rows: number }

const { export: words } = paymentsMessages
const lineFeed = 10

/** Takes the file bit by bit, says how far it is, and can be stopped. */
export function ExportButton({ href }: { href: string }) {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const running = useRef<AbortController>(null)

  const start = async () => {
    const controller = new AbortController()
    running.current = controller
    setState({ kind: 'working', rows: 0, bytes: 0 })
    try {
      const response = await fetch(href, { signal: controller.signal })
      if (!response.ok || !response.body) {
        setState({ kind: response.status === 403 ? 'forbidden' : 'failed' })
        return
      }
      const { parts, rows } = await take(response.body, (progress) =>
        setState({ kind: 'working', ...progress }),
      )
      save(new Blob(parts, { type: 'text/csv' }), nameOf(response))
      setState({ kind: 'done', rows })
    } catch {
      setState({ kind: controller.signal.aborted ? 'idle' : 'failed' })
    }
  }

  return (
    <div className={styles.export}>
      <span role="status">{said(state)}</span>
      {state.kind === 'working' ? (
        <Button look="soft" onPress={() => running.current?.abort()}>
          {words.stop}
        </Button>
      ) : (
        <Button look="soft" onPress={() => void start()}>
          {words.start}
        </Button>
      )}
    </div>
  )
}

function said(state: State): string | null {
  if (state.kind === 'idle') return null
  if (state.kind === 'working') return words.working(state.rows, (state.bytes / 1e6).toFixed(1))
  return state.kind === 'done' ? words.done(state.rows) : words[state.kind]
}

/** Lines are counted outside of quotes, without the header. */
async function take(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  tell: (progress: { rows: number; bytes: number }) => void,
) {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let lines = 0
  let bytes = 0
  let isQuoted = false
  let toldAt = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    parts.push(value)
    bytes += value.byteLength
    for (const byte of value) {
      if (byte === 34) isQuoted = !isQuoted
      else if (byte === lineFeed && !isQuoted) lines += 1
    }
    const at = performance.now()
    if (at - toldAt > 200) {
      toldAt = at
      tell({ rows: Math.max(0, lines - 1), bytes })
    }
  }
  return { parts, rows: Math.max(0, lines - 1) }
}

const nameOf = (response: Response) =>
  /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ??
  'payments.csv'

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
