import { type CSSProperties, useEffect, useRef } from 'react'
import { BottomBar } from './bottom-bar'
import { HostQuestions } from './host-questions'
import type { HostState } from './host-state'
import { Avatar, IconButton, Spinner } from './icons'
import { closeMiniApp } from './mini-app'
import { type MiniAppSession, useApp } from './store'
import { readableOn, type ThemeName, themeParams } from './theme'
import { useHost } from './use-host'

const SANDBOX =
  'allow-scripts allow-same-origin allow-popups allow-forms allow-modals ' +
  'allow-storage-access-by-user-activation'

/** A page that loaded but never says it is ready is shown after this long. */
const READY_PATIENCE_MS = 1500

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

function Header(props: {
  title: string
  state: HostState
  style: CSSProperties
  onPress: (event: string) => void
  onClose: () => void
}) {
  return (
    <header className="app-header" style={props.style}>
      <div className="app-header-side">
        {props.state.backButton ? (
          <IconButton
            label="Back"
            icon="back"
            onClick={() => props.onPress('back_button_pressed')}
          />
        ) : null}
      </div>
      <h2>{props.title}</h2>
      <div className="app-header-side app-header-end">
        {props.state.settingsButton ? (
          <IconButton
            label="Settings"
            icon="sliders"
            onClick={() => props.onPress('settings_button_pressed')}
          />
        ) : null}
        <IconButton label="Close Mini App" icon="close" onClick={props.onClose} />
      </div>
    </header>
  )
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

/** A running Mini App: header, sandboxed page, its bottom buttons and what it asks. */
export function WebApp({ session }: { session: MiniAppSession }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const patience = useRef<ReturnType<typeof setTimeout>>(undefined)
  const theme = useApp((app) => app.theme)
  const { state, update, send } = useHost(session, frame, surface)
  const { header, background, bottomBar } = colors(state, theme)
  useEffect(() => () => clearTimeout(patience.current), [])

  const onLoad = () => {
    clearTimeout(patience.current)
    patience.current = setTimeout(() => update({ ready: true }), READY_PATIENCE_MS)
  }
  const onClose = () => {
    if (state.confirmClose) update({ question: { kind: 'close' } })
    else closeMiniApp(session.key)
  }
  return (
    <section className="app" aria-label={`Mini App ${session.title}`}>
      <Header title={session.title} state={state} style={header} onPress={send} onClose={onClose} />
      <div className="app-page" style={{ backgroundColor: background }}>
        <iframe
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
      <BottomBar state={state} color={bottomBar} onPress={send} />
      <HostQuestions session={session} state={state} update={update} send={send} />
    </section>
  )
}
