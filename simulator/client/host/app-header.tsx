import type { CSSProperties } from 'react'
import { Icon, IconButton } from '@/simulator/client/icons'
import { Menu } from '@/simulator/client/menu'
import { minimizeMiniApp } from '@/simulator/client/mini-app'
import { PERSONALITIES } from '@/simulator/client/personality'
import type { Host } from './host'
import type { HostState } from './host-state'

type Props = {
  host: Host
  state: HostState
  style: CSSProperties
  onClose: () => void
  onReload: () => void
}

function AppMenu({ host, state, onReload }: Omit<Props, 'style' | 'onClose'>) {
  const entries: [label: string, run: () => void][] = [
    ['Reload', onReload],
    ['Minimise', () => minimizeMiniApp(host.session.key, true)],
    state.fullscreen
      ? ['Leave full screen', () => host.update({ fullscreen: false })]
      : ['Full screen', () => host.update({ fullscreen: true, expanded: true })],
  ]
  return (
    <Menu label="Mini App menu" face={<Icon name="more" />} className="icon-button" align="right">
      {(close) => (
        <>
          {entries.map(([label, run]) => (
            <button
              key={label}
              type="button"
              className="menu-item"
              onClick={() => {
                close()
                run()
              }}
            >
              {label}
            </button>
          ))}
          <p className="menu-note">
            {PERSONALITIES[host.session.platform].name}, bridge {host.session.version}
          </p>
        </>
      )}
    </Menu>
  )
}

/** Above the page; in full screen its buttons float over it. */
export function AppHeader({ host, state, style, onClose, onReload }: Props) {
  return (
    <header className="app-header" style={state.fullscreen ? undefined : style}>
      <div className="app-header-side">
        {state.backButton ? (
          <IconButton label="Back" icon="back" onClick={() => host.send('back_button_pressed')} />
        ) : null}
        {state.expanded ? null : (
          <IconButton label="Expand" icon="up" onClick={() => host.update({ expanded: true })} />
        )}
      </div>
      <h2>{host.session.title}</h2>
      <div className="app-header-side app-header-end">
        {state.settingsButton ? (
          <IconButton
            label="Settings"
            icon="sliders"
            onClick={() => host.send('settings_button_pressed')}
          />
        ) : null}
        <AppMenu host={host} state={state} onReload={onReload} />
        <IconButton label="Close Mini App" icon="close" onClick={onClose} />
      </div>
    </header>
  )
}
