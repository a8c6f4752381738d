import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Host, receive } from './bridge'
import { FRESH_HOST, type HostState } from './host-state'
import { connectMiniApp } from './mini-app'
import { type MiniAppSession, useApp } from './store'
import { themeParams } from './theme'

type Hosting = {
  state: HostState
  update: (patch: Partial<HostState>) => void
  send: (event: string, data?: unknown) => void
}

const PULSE_MS = 220

function pulseOf(element: HTMLElement | null, strong: boolean): void {
  if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const size = strong ? 6 : 3
  element.animate(
    [
      { boxShadow: 'inset 0 0 0 0 var(--accent)' },
      { boxShadow: `inset 0 0 0 ${size}px var(--accent)` },
      { boxShadow: 'inset 0 0 0 0 var(--accent)' },
    ],
    { duration: PULSE_MS },
  )
}

/** Connects an iframe to the bridge for as long as the Mini App is open. */
export function useHost(
  session: MiniAppSession,
  frame: RefObject<HTMLIFrameElement | null>,
  surface: RefObject<HTMLElement | null>,
): Hosting {
  const [state, setHostState] = useState(FRESH_HOST)
  const latest = useRef(state)
  // Events nobody asked for wait until the Mini App has spoken: before, no one listens.
  const speaking = useRef(false)
  const theme = useApp((app) => app.theme)

  const update = useCallback((patch: Partial<HostState>) => {
    latest.current = { ...latest.current, ...patch }
    setHostState(latest.current)
  }, [])
  const send = useCallback(
    (eventType: string, eventData: unknown = '') => {
      const message = JSON.stringify({ eventType, eventData })
      if (speaking.current) frame.current?.contentWindow?.postMessage(message, session.origin)
    },
    [frame, session.origin],
  )
  const sendViewport = useCallback(() => {
    const element = frame.current
    if (!element) return
    const { clientHeight: height, clientWidth: width } = element
    send('viewport_changed', { height, width, is_expanded: true, is_state_stable: true })
  }, [frame, send])

  useLayoutEffect(() => {
    const host: Host = {
      session,
      send,
      update,
      sendViewport,
      state: () => latest.current,
      pulse: (strong) => pulseOf(surface.current, strong),
    }
    const onMessage = (event: MessageEvent<unknown>) => {
      const ours = frame.current?.contentWindow
      if (!ours || event.source !== ours || event.origin !== session.origin) return
      speaking.current = true
      receive(host, event.data)
    }
    addEventListener('message', onMessage)
    const disconnect = connectMiniApp(session.key, send)
    return () => {
      removeEventListener('message', onMessage)
      disconnect()
    }
  }, [session, send, update, sendViewport, frame, surface])

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(sendViewport)
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame, sendViewport])

  useEffect(() => {
    send('theme_changed', { theme_params: themeParams(theme) })
  }, [send, theme])

  return { state, update, send }
}
