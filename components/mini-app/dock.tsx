'use client'

import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Spinner } from '@/components/ui/spinner'
import { miniAppMessages } from '@/lib/messages/mini-app'
import styles from './dock.module.css'
import { closeApp } from './host'
import type { Notice, Phase } from './purchase'

type Props = {
  phase: Phase
  notice: Notice | null
  hint: string | null
  onDismiss: () => void
  onNoticeRead: () => void
  children: ReactNode
}

/** What goes on with a purchase, above the main button; read out by screen readers. */
export function Dock({ phase, notice, hint, onDismiss, onNoticeRead, children }: Props) {
  return (
    <div className={styles.dock}>
      <div role="status" aria-live="polite">
        {notice ? <NoticeBox notice={notice} onRead={onNoticeRead} /> : null}
        {!notice ? <Progress phase={phase} onDismiss={onDismiss} /> : null}
      </div>
      {hint && !notice && phase.name === 'idle' ? <Hint text={hint} /> : null}
      {children}
    </div>
  )
}

function Hint({ text }: { text: string }) {
  return (
    <p className={`${styles.box} ${styles.hint}`}>
      <Icon name="clock" />
      {text}
    </p>
  )
}

const checksUntilLong = 20

function Progress({ phase, onDismiss }: { phase: Phase; onDismiss: () => void }) {
  const { progress } = miniAppMessages
  if (phase.name === 'asking') return <Box text={progress.asking} />
  if (phase.name === 'paying') {
    return <Box text={progress.paying} action={progress.payingBack} onAction={onDismiss} />
  }
  if (phase.name === 'confirming') {
    return phase.asked < checksUntilLong ? (
      <Box text={progress.confirming} />
    ) : (
      <Box text={progress.confirmingLong} action={progress.payingBack} onAction={onDismiss} />
    )
  }
  const isQuiet = phase.name !== 'doubting' || phase.reason === 'cancelled'
  return isQuiet ? null : <Box text={progress.checking} />
}

type BoxProps = { text: string; action?: string; onAction?: () => void }

function Box({ text, action, onAction }: BoxProps) {
  return (
    <div className={styles.box}>
      <Spinner />
      <p className={styles.text}>{text}</p>
      {action && onAction ? (
        <Button look="text" onPress={onAction}>
          {action}
        </Button>
      ) : null}
    </div>
  )
}

/** What is not named here is nothing a buyer could act on. */
const sentences: Partial<Record<Notice['code'], string>> = {
  already_entitled: miniAppMessages.notice.alreadyEntitled,
  unknown_plan: miniAppMessages.notice.unknownPlan,
  telegram_unavailable: miniAppMessages.notice.telegramUnavailable,
  network: miniAppMessages.notice.network,
  payment_failed: miniAppMessages.notice.paymentFailed,
  invoice_expired: miniAppMessages.notice.invoiceExpired,
  unauthorized: miniAppMessages.notice.unauthorized,
  init_data_expired: miniAppMessages.notice.reopen,
}

function NoticeBox({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { code, retryAfterSeconds } = notice
  if (code === 'rate_limited') {
    return <Wait seconds={retryAfterSeconds ?? 60} onOver={onRead} />
  }
  const mustReopen = code === 'init_data_expired' || code === 'unauthorized'
  return (
    <div className={styles.box}>
      <span className={styles.alert}>
        <Icon name="alert" />
      </span>
      <p className={styles.text}>{sentences[code] ?? miniAppMessages.notice.internal}</p>
      <Button look="text" onPress={mustReopen ? closeApp : onRead}>
        {mustReopen ? miniAppMessages.notice.close : miniAppMessages.notice.dismiss}
      </Button>
    </div>
  )
}

/** Counts down until the next try is allowed. */
function Wait({ seconds, onOver }: { seconds: number; onOver: () => void }) {
  const [left, setLeft] = useState(seconds)
  const over = useEffectEvent(onOver)

  useEffect(() => {
    if (left <= 0) return over()
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])

  const { rateLimited } = miniAppMessages.notice
  return (
    <div className={styles.box}>
      <span className={styles.alert}>
        <Icon name="clock" />
      </span>
      <p className={styles.text}>
        <span aria-hidden="true">{rateLimited(left)}</span>
        {/* Said once: a screen reader should not count along. */}
        <span className={styles.spoken}>{rateLimited(seconds)}</span>
      </p>
    </div>
  )
}
