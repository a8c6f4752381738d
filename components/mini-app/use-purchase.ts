'use client'

import { useCallback, useEffect, useEffectEvent, useReducer, useRef } from 'react'
import type { InvoiceDto } from '@/lib/domain/invoices/schema'
import type { PaymentMethod } from '@/lib/domain/plans/schema'
import type { ActionResult } from '@/lib/kit/action-result'
import type { Api } from './api'
import { type Launch, onInvoiceClosed, showInvoice, slugOf } from './host'
import { keepPurchase, keptPurchase } from './kept-purchase'
import { nextCheck, noPurchase, type Purchase, step } from './purchase'

export type BuyPlan = (
  initData: string,
  input: { plan_code: string; method: PaymentMethod },
) => Promise<ActionResult<InvoiceDto>>

type Session = { launch: Launch; api: Api } | null | undefined

export type PurchaseControls = {
  purchase: Purchase
  buy: (planCode: string, method: PaymentMethod) => void
  dismiss: () => void
  readNotice: () => void
}

/** Runs a purchase: what happens next is decided in purchase.ts, this does it. */
export function usePurchase(session: Session, buyPlan: BuyPlan): PurchaseControls {
  const [purchase, dispatch] = useReducer(step, noPurchase)
  const hostCall = useRef<AbortController | null>(null)

  const check = useCallback(
    async (invoiceId: string) => {
      if (!session) return
      const answer = await session.api.invoice(invoiceId)
      if (answer.ok) dispatch({ type: 'answered', invoiceId, status: answer.value.status })
      else dispatch({ type: 'unanswered', invoiceId, code: answer.code })
    },
    [session],
  )

  const buy = async (planCode: string, method: PaymentMethod) => {
    if (!session || purchase.phase.name === 'asking') return
    dispatch({ type: 'buy', planCode })
    const { initData, hasHost } = session.launch
    const result = await buyPlan(initData, { plan_code: planCode, method }).catch(
      () => ({ ok: false, code: 'network' }) as const,
    )
    if (!result.ok) return dispatch({ type: 'refused', notice: result })
    const { invoice_id: invoiceId, invoice_link: link } = result.value
    dispatch({ type: 'opened', invoice: { invoiceId, planCode, slug: slugOf(link) } })
    hostCall.current = new AbortController()
    showInvoice(link, hasHost, hostCall.current.signal)
  }

  useEffect(() => {
    const next = nextCheck(purchase)
    if (!next) return
    const timer = setTimeout(() => {
      if (next.isWatch) dispatch({ type: 'watched' })
      for (const each of next.invoices) void check(each.invoiceId)
    }, next.delayMs)
    return () => clearTimeout(timer)
  }, [purchase, check])

  const isPaying = purchase.phase.name === 'paying'
  useEffect(() => {
    if (!isPaying) return
    // A call that the host never answers would block the next one: the SDK allows one at a time.
    return () => hostCall.current?.abort()
  }, [isPaying])

  useReturn(isPaying, () => {
    for (const each of nextCheck(purchase)?.invoices ?? []) void check(each.invoiceId)
    dispatch({ type: 'returned' })
  })
  useHostWord(session, (slug, status) => dispatch({ type: 'hostClosed', slug, status }))
  useMemory(session, purchase, (kept) => dispatch({ type: 'resumed', kept }))

  return {
    purchase,
    buy: (planCode, method) => void buy(planCode, method),
    dismiss: () => dispatch({ type: 'dismissed' }),
    readNotice: () => dispatch({ type: 'noticeRead' }),
  }
}

/** The person looks at our page again, or touches it while they should see a payment window. */
function useReturn(isPaying: boolean, onReturn: () => void): void {
  const returned = useEffectEvent(() => {
    if (document.visibilityState === 'visible') onReturn()
  })
  useEffect(() => {
    const listener = () => returned()
    window.addEventListener('focus', listener)
    document.addEventListener('visibilitychange', listener)
    return () => {
      window.removeEventListener('focus', listener)
      document.removeEventListener('visibilitychange', listener)
    }
  }, [])
  useEffect(() => {
    if (!isPaying) return
    const listener = () => returned()
    document.addEventListener('pointerdown', listener)
    return () => document.removeEventListener('pointerdown', listener)
  }, [isPaying])
}

function useHostWord(session: Session, onWord: Parameters<typeof onInvoiceClosed>[0]): void {
  const hasHost = session?.launch.hasHost ?? false
  const heard = useEffectEvent(onWord)
  useEffect(() => {
    if (hasHost) return onInvoiceClosed((slug, status) => heard(slug, status))
  }, [hasHost])
}

/** Remembers the purchase through reloads, for this person only. */
function useMemory(
  session: Session,
  purchase: Purchase,
  onResume: (kept: NonNullable<ReturnType<typeof keptPurchase>>) => void,
): void {
  const userId = session?.launch.userId
  const isResumed = useRef(false)
  const resume = useEffectEvent(onResume)
  useEffect(() => {
    if (userId === undefined || isResumed.current) return
    isResumed.current = true
    const kept = keptPurchase(userId)
    if (kept) resume(kept)
  }, [userId])
  useEffect(() => {
    if (userId !== undefined && purchase !== noPurchase) keepPurchase(userId, purchase)
  }, [userId, purchase])
}
