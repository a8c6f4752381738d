'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { type Api, createApi } from './api'
import { type Launch, onSettings, startHost } from './host'

type Session = { launch: Launch; api: Api }

/** `undefined` until the browser has looked, `null` outside Telegram. */
const SessionContext = createContext<Session | null | undefined>(undefined)

let started: Launch | null | undefined

/** Connects to Telegram once and keeps the launch data through every page of the Mini App. */
export function MiniApp(props: {
  origins: readonly string[]
  outside: ReactNode
  children: ReactNode
}) {
  const { origins, outside, children } = props
  const router = useRouter()
  const [launch, setLaunch] = useState<Launch | null | undefined>(undefined)

  useEffect(() => {
    // Effects run twice in development, and Telegram wants to be greeted once.
    if (started === undefined) started = startHost(origins)
    setLaunch(started)
  }, [origins])

  useEffect(() => {
    if (launch === null) document.documentElement.dataset.launch = 'outside'
    if (!launch?.hasHost) return
    return onSettings(() => router.push('/app/account'))
  }, [launch, router])

  const session = useMemo(() => launch && { launch, api: createApi(launch.initData) }, [launch])
  return (
    <SessionContext value={session}>
      {launch === null ? null : children}
      {outside}
    </SessionContext>
  )
}

export function useSession(): Session | null | undefined {
  return useContext(SessionContext)
}
