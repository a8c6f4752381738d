import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { recordBridge } from '@/simulator/client/bridge-log'
import { connectMiniApp } from '@/simulator/client/mini-app'
import { PERSONALITIES } from '@/simulator/client/personality'
import { getState, type MiniAppSession, useApp } from '@/simulator/client/store'
import { themeParams } from '@/simulator/client/theme'
import { receive } from './bridge'
import type { Host } from './host'
import { FRESH_HOST, type HostState } from './host-state'

const PULSE_MS = 420
/** A size that has not changed for this long is stable. */
const STABLE_MS = 120
/** Notch and header of a full screen, which the page lies under. */
const FULLSCREEN_CONTENT_TOP = 56
const NOTCH = 24

function pulseOf(element: HTMLElement | null, strong: boolean): void {
  if (!element) return
  const size = strong ? 8 : 4
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.animate(
    [
      { boxShadow: 'inset 0 0 0 0 var(--accent)', opacity: 1 },
      { boxShadow: `inset 0 0 0 ${size}px var(--accent)`, opacity: calm ? 0.6 : 1 },
      { boxShadow: 'inset 0 0 0 0 var(--accent)', opacity: 1 },
    ],
    { duration: PULSE_MS, easing: calm ? 'steps(2)' : 'ease-out', id: 'haptic' },
  )
}

type Elements = {
  frame: RefObject<HTMLIFrameElement | null>
  surface: RefObject<HTMLElement | null>
}

type Line = Host & {
  /** The page spoke, or went away to load anew. */
  hears: (speaking: boolean) => void
  stop: () => void
}

/** The host of one opening. State lives here; React is told of each change. */
function createHost(
  session: MiniAppSession,
  { frame, surface }: Elements,
  onState: (state: HostState) => void,
): Line {
  const client = PERSONALITIES[session.platform]
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let state = freshState(session)
  let speaking = false
  let saidNotFullscreen = !client.saysNotFullscreen

  const later = (ms: number, run: () => void) => {
    if (ms === 0) return run()
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }
  const send = (eventType: string, eventData: unknown = '') => {
    const page = frame.current?.contentWindow
    if (!speaking || !page) return
    recordBridge({ direction: 'host', name: eventType, data: eventData })
    page.postMessage(JSON.stringify({ eventType, eventData }), session.origin)
  }
  const sendViewport = (isStable = true) => {
    const { clientHeight: height = 0, clientWidth: width = 0 } = frame.current ?? {}
    const { expanded } = state
    send('viewport_changed', { height, width, is_expanded: expanded, is_state_stable: isStable })
  }
  const sendSafeAreas = () => {
    const sides = { bottom: 0, left: 0, right: 0 }
    const notch = state.fullscreen && client.isMobile ? NOTCH : 0
    send('safe_area_changed', { top: notch, ...sides })
    const top = state.fullscreen ? FULLSCREEN_CONTENT_TOP : 0
    send('content_safe_area_changed', { top, ...sides })
  }
  return {
    session,
    client,
    send,
    sendSafeAreas,
    sendViewport,
    state: () => state,
    update: (patch) => {
      const before = state
      state = { ...state, ...patch }
      onState(state)
      if (before.fullscreen === state.fullscreen) return
      send('fullscreen_changed', { is_fullscreen: state.fullscreen })
      sendSafeAreas()
    },
    sendTheme: () =>
      later(client.calmMs, () =>
        send('theme_changed', { theme_params: themeParams(getState().theme) }),
      ),
    surroundingsChanged: () => {
      // The others tell the viewport when its size has changed.
      if (client.calmMs === 0) return
      later(client.calmMs, () => {
        sendViewport()
        sendSafeAreas()
      })
    },
    pulse: (strong) => pulseOf(surface.current, strong),
    hears: (now) => {
      speaking = now
      if (!now || saidNotFullscreen) return
      saidNotFullscreen = true
      send('fullscreen_changed', { is_fullscreen: false })
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function freshState({ platform }: MiniAppSession): HostState {
  return { ...FRESH_HOST, expanded: !PERSONALITIES[platform].isMobile }
}

/** Follows the size of the page; on phones it moves for a while before it is stable. */
function watchSize(element: HTMLElement, { client, sendViewport }: Host): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let first = true
  const observer = new ResizeObserver(() => {
    if (first) {
      first = false
      return
    }
    if (!client.isMobile) return sendViewport()
    clearTimeout(timer)
    sendViewport(false)
    timer = setTimeout(sendViewport, STABLE_MS)
  })
  observer.observe(element)
  return () => {
    clearTimeout(timer)
    observer.disconnect()
  }
}

/** Connects an iframe to the bridge for as long as the Mini App is open. */
export function useHost(
  session: MiniAppSession,
  frame: Elements['frame'],
  surface: Elements['surface'],
): { host: Host; state: HostState } {
  const [state, setState] = useState(() => freshState(session))
  const theme = useApp((app) => app.theme)
  const { key } = session
  // biome-ignore lint/correctness/useExhaustiveDependencies: one host per opening
  const host = useMemo(() => createHost(session, { frame, surface }, setState), [key])

  useLayoutEffect(() => {
    const onMessage = (event: MessageEvent<unknown>) => {
      const ours = frame.current?.contentWindow
      if (!ours || event.source !== ours) return
      if (event.origin !== host.session.origin) {
        const note = `Ignored: it comes from ${event.origin}, the Mini App is ${host.session.origin}.`
        recordBridge({ direction: 'app', name: 'message', data: event.data, note })
        return
      }
      host.hears(true)
      receive(host, event.data)
      if (typeof event.data === 'string' && event.data.includes('"iframe_will_reload"')) {
        host.hears(false)
      }
    }
    addEventListener('message', onMessage)
    const disconnect = connectMiniApp(key, host.send)
    return () => {
      removeEventListener('message', onMessage)
      disconnect()
      host.stop()
    }
  }, [host, key, frame])

  useEffect(() => (frame.current ? watchSize(frame.current, host) : undefined), [frame, host])

  const told = useRef(theme)
  useEffect(() => {
    if (told.current === theme) return
    told.current = theme
    host.sendTheme()
  }, [host, theme])

  return { host, state }
}
