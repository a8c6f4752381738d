'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Spinner } from '@/components/ui/spinner'
import type { InvoiceNews } from '@/lib/domain/invoices/schema'
import { payMessages } from '@/lib/messages/pay'
import { browserWorld } from './browser-world'
import { followInvoice } from './follow'
import styles from './pay.module.css'

type Props = {
  /** What the page shows now. */
  shown: InvoiceNews
  /** What is being waited for; null: follow quietly. */
  waitingFor: 'payment' | 'bank' | null
}

type State = 'waiting' | 'news' | 'offline'

const same = (a: InvoiceNews, b: InvoiceNews) => a.status === b.status && a.refused === b.refused

/** Follows the payment, and lets the server draw the page anew when there is news. */
export function Live({ shown, waitingFor }: Props) {
  const router = useRouter()
  const [state, setState] = useState<State>('waiting')
  const { invoice_id, plan_code, status, refused } = shown

  useEffect(() => {
    const at = { invoice_id, plan_code, status, ...(refused ? { refused } : {}) }
    const redraw = () => {
      setState('news')
      router.refresh()
    }
    const follower = followInvoice(
      browserWorld(invoice_id),
      {
        news: (news) => (same(news, at) ? undefined : redraw()),
        lost: redraw,
        connection: (isThere) => setState(isThere ? 'waiting' : 'offline'),
      },
      status === 'expired',
    )
    const stop = listenToPage(follower)
    setState('waiting')
    return () => {
      stop()
      follower.sleep()
    }
  }, [invoice_id, plan_code, status, refused, router])

  if (!waitingFor) return null
  const { live } = payMessages
  const waiting = waitingFor === 'bank' ? live.bank : live.waiting
  return (
    <p className={styles.status} role="status">
      <Spinner />
      {state === 'waiting' ? waiting : live[state]}
    </p>
  )
}

/** A hidden page holds no connection; one that is seen again asks at once. */
function listenToPage({ wake, sleep }: { wake: () => void; sleep: () => void }): () => void {
  const onVisibility = () => (document.hidden ? sleep() : wake())
  const onOffline = () => wake()
  const onShow = (event: PageTransitionEvent) => {
    if (event.persisted) wake()
  }
  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('online', wake)
  window.addEventListener('offline', onOffline)
  window.addEventListener('pageshow', onShow)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('online', wake)
    window.removeEventListener('offline', onOffline)
    window.removeEventListener('pageshow', onShow)
  }
}
