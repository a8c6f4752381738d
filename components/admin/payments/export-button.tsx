'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { paymentsMessages } from '@/lib/messages/admin-payments'
import styles from './payments.module.css'
import { chooseFile, type Progress, writeTo } from './write-file'

type State =
  | { kind: 'idle' | 'failed' | 'forbidden' | 'stopped' | 'handedOver' }
  | ({ kind: 'working' } & Progress)
  | { kind: 'done'; rows: number }

const { export: words } = paymentsMessages

/**
 * Saves the file as it comes, says how far it is and can be stopped. A browser that lets no page write
 * a file downloads it in its own way.
 */
export function ExportButton({ href }: { href: string }) {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const running = useRef<AbortController>(null)

  // Nobody could stop it any more.
  useEffect(() => () => running.current?.abort(), [])

  const start = async () => {
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    try {
      const file = await chooseFile(`payments-${new Date().toISOString().slice(0, 10)}.csv`)
      if (file === 'none') return
      if (file === 'cannot') {
        download(href)
        setState({ kind: 'handedOver' })
        return
      }
      setState({ kind: 'working', rows: 0, about: 0, bytes: 0 })
      const tell = (progress: Progress) => setState({ kind: 'working', ...progress })
      setState(await writeTo(file, () => fetch(href, { signal }), { signal, tell }))
    } catch {
      setState({ kind: signal.aborted ? 'stopped' : 'failed' })
    }
  }

  return (
    <div className={styles.export}>
      {state.kind === 'working' ? <Working {...state} /> : null}
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

/** Beside the status, so that nobody is read a number five times a second. */
function Working({ rows, about, bytes }: Progress) {
  return (
    <>
      <progress
        className={styles.progress}
        aria-label={words.progress}
        // Without a value it only shows that something goes on.
        {...(rows > 0 ? { value: rows, max: Math.max(rows, about) } : {})}
      />
      <span aria-hidden="true">{words.working(rows, about, (bytes / 1e6).toFixed(1))}</span>
    </>
  )
}

function said(state: State): string | null {
  if (state.kind === 'idle') return null
  if (state.kind === 'working') return words.begun
  return state.kind === 'done' ? words.done(state.rows) : words[state.kind]
}

function download(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
