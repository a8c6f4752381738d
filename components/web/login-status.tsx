'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Spinner } from '@/components/ui/spinner'
import { loginMessages } from '@/lib/messages/login'
import styles from './login.module.css'
import { askState, finishBotLogin, loginPath, loginPathFor } from './login-calls'

type Props = {
  /** Where to go when logged in. */
  callbackUrl: string
  secondsLeft: number
}

type Shown = 'waiting' | 'finishing' | 'offline'

const { waiting } = loginMessages
const texts: Record<Shown, string> = {
  waiting: waiting.status,
  finishing: waiting.finishing,
  offline: waiting.offline,
}

/** Follows the login in the bot, and continues by itself when it is confirmed. */
export function LoginStatus({ callbackUrl, secondsLeft }: Props) {
  const router = useRouter()
  const [shown, setShown] = useState<Shown>('waiting')

  useEffect(
    () => follow(callbackUrl, { show: setShown, renew: () => router.refresh() }),
    [callbackUrl, router],
  )

  return (
    <>
      <p className={styles.status} role="status">
        <Spinner />
        {texts[shown]}
      </p>
      <p className={styles.valid}>{waiting.validFor(Math.max(1, Math.round(secondsLeft / 60)))}</p>
    </>
  )
}

const quickPolls = 15
const delaysMs = { quick: 2000, slow: 4000, offlineMax: 15_000, otherTab: 1000 }

type Page = { show: (what: Shown) => void; renew: () => void }

/**
 * Asks until the login is settled: less often after a while, at once when the page is seen again.
 * Of several tabs one finishes the login, and the others follow it.
 */
function follow(callbackUrl: string, page: Page): () => void {
  let timer: number | undefined
  let polls = 0
  let failures = 0
  let isAsking = false
  let isOver = false

  const settle = async () => {
    const state = await askState()
    if (isOver || state === 'pending') return
    if (state !== 'confirmed' && state !== 'used') {
      isOver = true
      return page.renew()
    }
    page.show('finishing')
    const onward = state === 'used' ? loginPathFor(callbackUrl) : await finishBotLogin(callbackUrl)
    isOver = true
    // Another tab may have been the one, and its answer with the session still be on its way.
    const waitMs = onward.startsWith(loginPath) ? delaysMs.otherTab : 0
    window.setTimeout(() => window.location.assign(onward), waitMs)
  }

  const ask = async () => {
    if (isAsking || isOver || document.hidden) return
    isAsking = true
    window.clearTimeout(timer)
    try {
      await settle()
      polls += 1
      failures = 0
      if (!isOver) page.show('waiting')
    } catch {
      failures += 1
      page.show('offline')
    }
    isAsking = false
    const usual = polls < quickPolls ? delaysMs.quick : delaysMs.slow
    const delayMs = failures ? Math.min(usual * 2 ** failures, delaysMs.offlineMax) : usual
    if (!isOver) timer = window.setTimeout(ask, delayMs)
  }

  document.addEventListener('visibilitychange', ask)
  window.addEventListener('online', ask)
  void ask()
  return () => {
    isOver = true
    window.clearTimeout(timer)
    document.removeEventListener('visibilitychange', ask)
    window.removeEventListener('online', ask)
  }
}
