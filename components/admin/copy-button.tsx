'use client'

import { useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { adminMessages } from '@/lib/messages/admin'
import styles from './copy-button.module.css'

/** An id in full, and a button that puts it on the clipboard. `name` says what it is. */
export function CopyId({ id, name }: { id: string; name: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id)
      setOutcome('copied')
    } catch {
      setOutcome('copyFailed')
    }
  }
  return (
    <span className={styles.id}>
      <code>{id}</code>
      <button
        type="button"
        className={styles.copy}
        aria-label={adminMessages.copy(name)}
        onClick={copy}
      >
        <Icon name="copy" size={16} />
      </button>
      <span role="status" className={styles.said}>
        {outcome ? adminMessages[outcome] : null}
      </span>
    </span>
  )
}
