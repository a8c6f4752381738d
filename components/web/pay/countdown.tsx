'use client'

import { useEffect, useState } from 'react'
import { payMessages } from '@/lib/messages/pay'
import styles from './pay.module.css'

/** How long the link is valid. The server decides; this only shows it. */
export function Countdown({ seconds }: { seconds: number }) {
  const [left, setLeft] = useState(seconds)

  useEffect(() => {
    const endsAtMs = Date.now() + seconds * 1000
    const show = () => setLeft(Math.max(0, Math.round((endsAtMs - Date.now()) / 1000)))
    show()
    const timer = window.setInterval(show, 1000)
    return () => window.clearInterval(timer)
  }, [seconds])

  const { valid, over } = payMessages.countdown
  return (
    <p className={styles.countdown} role="timer">
      {left > 0 ? valid(left) : over}
    </p>
  )
}
