'use client'

import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { useIsLive } from '@/components/ui/use-is-live'
import { loginMessages } from '@/lib/messages/login'
import styles from './login.module.css'
import { beginTelegramLogin } from './login-calls'

/** Leads to Telegram's own login page. */
export function LoginTelegram({ callbackUrl }: { callbackUrl: string }) {
  const isLive = useIsLive()
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')

  // A browser that goes back may show this page as it was left.
  useEffect(() => {
    const reset = () => setState('idle')
    window.addEventListener('pageshow', reset)
    return () => window.removeEventListener('pageshow', reset)
  }, [])

  const begin = async () => {
    setState('busy')
    try {
      window.location.assign(await beginTelegramLogin(callbackUrl))
    } catch {
      setState('failed')
    }
  }

  return (
    <>
      <Button isBusy={state === 'busy'} isDisabled={!isLive} onPress={begin}>
        <Icon name="send" />
        {state === 'busy' ? loginMessages.working : loginMessages.withTelegram}
      </Button>
      {state === 'failed' ? (
        <p role="alert" className={styles.hint}>
          {loginMessages.notStarted}
        </p>
      ) : null}
    </>
  )
}
