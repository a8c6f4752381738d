'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { paymentWords } from '@/lib/messages/admin-payment'

const everyMs = 2000
const looksMax = 30

/** Looks again every few seconds while a refund is on its way, for a minute. */
export function Follow() {
  const router = useRouter()
  const [looks, setLooks] = useState(0)
  useEffect(() => {
    if (looks >= looksMax) return
    const timer = setTimeout(() => {
      router.refresh()
      setLooks(looks + 1)
    }, everyMs)
    return () => clearTimeout(timer)
  }, [looks, router])
  return <p>{looks < looksMax ? paymentWords.refund.onItsWay : paymentWords.refund.slow}</p>
}
