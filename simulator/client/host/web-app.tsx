import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { Avatar, Icon, IconButton, Spinner } from '@/simulator/client/icons'
import { closeMiniApp, minimizeMiniApp } from '@/simulator/client/mini-app'
import { type MiniAppSession, useApp } from '@/simulator/client/store'
import { readableOn, type ThemeName, themeParams } from '@/simulator/client/theme'
import { AppHeader } from './app-header'
import { BottomBar } from './bottom-bar'
import type { Host } from './host'
import { HostQuestions } from './host-questions'
import type { HostState } from './host-state'
import { useHost } from './use-host'

const SANDBOX =
  'allow-scripts allow-same-origin allow-popups allow-forms allow-modals ' +
  'allow-storage-access-by-user-activation'

/** A page that loaded but never says it is ready is shown after this long. */
const READY_PATIENCE_MS = 1500
/** A page that was asked to reload itself and does not is loaded again after this long. */
const RELOAD_PATIENCE_MS = 500

function colors(state: HostState, theme: ThemeName) {
  const params = themeParams(theme)
  const resolve = (color: string | null, fallback: string) =>
    (color && (params[color] ?? color)) || params[fallback] || '#ffffff'
  const header = resolve(state.headerColor, 'header_bg_color')
  return {
    header: { backgroundColor: header, color: readableOn(header) } satisfies CSSProperties,
    background: resolve(state.backgroundColor, 'bg_color'),
    bottomBar: resolve(state.bottomBarColor, 'bottom_bar_bg_color'),
  }
}

function Placeholder({ session, color }: { session: MiniAppSession; color: string }) {
  return (
    <div className="app-placeholder" style={{ backgroundColor: color, color: readableOn(color) }}>
      <Avatar id={session.botId} name={session.title} large />
      <Spinner />
      <span className="sr-only" role="status">
        The Mini App is loading
      </span>
    </div>
  )
}

/** Where a Mini App waits that was put aside. */
function AsideBar({ session }: { session: MiniAppSession }) {
  return (
    <div className="aside-bar">
      <button
        type="button"
        className="aside-open"
        onClick={() => minimizeMiniApp(session.key, false)}
      >
        <Icon name="up" />
        Return to {session.title}
      </button>
      <IconButton label="Close Mini App" icon="close" onClick={() => closeMiniApp(session.key)} />
    </div>
  )
}

/** Asks the page to reload itself, as web clients do, and loads it anew where it does not. */
function useReload(host: Host): { round: number; reload: () => void } {
  const [round, setRound] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const again = () => {
    host.update({ ready: false })
    setRound((before) => before + 1)
  }
  const reload = () => {
    if (!host.client.isWeb || !host.state().canReload) return again()
    host.send('reload_iframe')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      if (host.state().ready) again()
    }, RELOAD_PATIENCE_MS)
  }
  return { round, reload }
}

/** A running Mini App: header, sandboxed page, its bottom buttons and what it asks. */
export function WebApp({ session }: { session: MiniAppSession }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const patience = useRef<ReturnType<typeof setTimeout>>(undefined)
  const theme = useApp((app) => app.theme)
  const { host, state } = useHost(session, frame, surface)
  const { round, reload } = useReload(host)
  const { header, background, bottomBar } = colors(state, theme)
  useEffect(() => () => clearTimeout(patience.current), [])

  const onLoad = () => {
    clearTimeout(patience.current)
    patience.current = setTimeout(() => host.update({ ready: true }), READY_PATIENCE_MS)
  }
  const onClose = () => {
    if (state.confirmClose) host.update({ question: { kind: 'close' } })
    else closeMiniApp(session.key)
  }
  return (
    <>
      <section
        className="app"
        aria-label={`Mini App ${session.title}`}
        data-platform={session.platform}
        data-expanded={state.expanded}
        data-fullscreen={state.fullscreen}
        data-minimized={session.minimized}
        inert={session.minimized}
      >
        <AppHeader host={host} state={state} style={header} onClose={onClose} onReload={reload} />
        <div className="app-page" style={{ backgroundColor: background }}>
          <iframe
            key={round}
            ref={frame}
            title="Mini App"
            src={session.url}
            sandbox={SANDBOX}
            allow="camera; microphone; geolocation"
            onLoad={onLoad}
          />
          {state.ready ? null : <Placeholder session={session} color={background} />}
          <div className="app-pulse" ref={surface} aria-hidden="true" />
        </div>
        <BottomBar state={state} color={bottomBar} onPress={host.send} />
        <HostQuestions host={host} state={state} />
      </section>
      {session.minimized ? <AsideBar session={session} /> : null}
    </>
  )
}
