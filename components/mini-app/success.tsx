'use client'

import Link from 'next/link'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { SkeletonLine } from '@/components/ui/skeleton'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { askWriteAccess } from './host'
import { useSession } from './mini-app'
import page from './page.module.css'
import styles from './success.module.css'
import { useBackButton } from './use-host-buttons'

type Props = {
  name: string
  /** `undefined` while it is being loaded. */
  entitlement: EntitlementDto | null | undefined
  onBack: () => void
}

/** The plan is paid and granted. */
export function Success({ name, entitlement, onBack }: Props) {
  const { success } = miniAppMessages
  useBackButton(onBack)
  return (
    <Announced>
      <Message
        icon="check"
        tone="good"
        heading={success.plan(name)}
        text={entitlement === undefined ? <SkeletonLine width="half" /> : termOf(entitlement)}
      >
        <Link className={styles.account} href="/app/account">
          {success.account}
        </Link>
        <Button look="soft" onPress={onBack}>
          {success.back}
        </Button>
      </Message>
      <WriteAccess />
    </Announced>
  )
}

/** Money arrived that a person has to look at. */
export function Review({ onBack }: { onBack: () => void }) {
  const { review, success } = miniAppMessages
  useBackButton(onBack)
  return (
    <Announced>
      <Message icon="clock" heading={review.heading} text={review.text}>
        <Link className={styles.account} href="/app/account">
          {success.account}
        </Link>
        <Button look="soft" onPress={onBack}>
          {success.back}
        </Button>
      </Message>
    </Announced>
  )
}

/** Takes the focus, because what had it is gone, and is read out. */
function Announced({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    // The host's own payment window may still be in front and must keep the focus.
    if (document.hasFocus()) box.current?.focus()
    window.scrollTo(0, 0)
  }, [])

  return (
    <div ref={box} tabIndex={-1} className={styles.announced} data-view="success" role="status">
      {children}
    </div>
  )
}

function termOf(entitlement: EntitlementDto | null): string {
  const { success } = miniAppMessages
  if (!entitlement) return success.heading
  const { expires_at: end, starts_at: start, renews, status } = entitlement
  const term = end === null ? success.forLife : renews ? success.renews(end) : success.until(end)
  return status === 'scheduled' ? `${success.from(start)} ${term}` : term
}

/** Asks once, after a tap, whether the bot may write; shown only while it may not. */
function WriteAccess() {
  const session = useSession()
  const [state, setState] = useState<'ask' | 'asking' | 'granted'>('ask')
  const { success } = miniAppMessages
  if (!session?.launch.hasHost || session.launch.mayWrite) return null
  if (state === 'granted') return <p className={styles.granted}>{success.writeAccessGranted}</p>
  const ask = async () => {
    setState('asking')
    setState((await askWriteAccess()) ? 'granted' : 'ask')
  }
  return (
    <div className={`${page.card} ${styles.write}`}>
      <p>{success.writeAccess}</p>
      <Button look="soft" isBusy={state === 'asking'} onPress={() => void ask()}>
        {success.writeAccessButton}
      </Button>
    </div>
  )
}
