'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { payMessages } from '@/lib/messages/pay'
import styles from './pay.module.css'

/** The link itself, for another device or another browser. */
export function CopyLink({ link }: { link: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const words = payMessages.open

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      setState('copied')
      window.setTimeout(() => setState('idle'), 3000)
    } catch {
      setState('failed')
    }
  }

  return (
    <div className={styles.copy}>
      <input
        className={styles.link}
        aria-label={words.link}
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button look="soft" onPress={() => void copy()}>
        {state === 'copied' ? words.copied : words.copy}
      </Button>
      <p className={styles.copyNote} role="status">
        {state === 'failed' ? words.copyFailed : state === 'copied' ? words.copied : null}
      </p>
    </div>
  )
}
