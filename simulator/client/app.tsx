import { useSyncExternalStore } from 'react'
import { ChatView } from './chat'
import { Icon } from './icons'
import { Overlays } from './overlays'
import { PaymentSheet } from './payment-sheet'
import { Sidebar } from './sidebar'
import { useApp } from './store'
import { WebApp } from './web-app'

function PhoneArea() {
  const session = useApp((state) => state.miniApp)
  return (
    <div className="phone-area" data-open={session !== null}>
      <div className="phone">
        {session ? (
          <WebApp key={session.key} session={session} />
        ) : (
          <div className="phone-empty">
            <Icon name="window" />
            <p>Mini Apps and payments open here.</p>
          </div>
        )}
      </div>
    </div>
  )
}

const phoneWidth = matchMedia('(max-width: 700px)')

function watchWidth(listener: () => void): () => void {
  phoneWidth.addEventListener('change', listener)
  return () => phoneWidth.removeEventListener('change', listener)
}

/** People, chat and phone: side by side on wide screens, one at a time on phones. */
export function App() {
  const screen = useApp((state) => state.screen)
  const narrow = useSyncExternalStore(watchWidth, () => phoneWidth.matches)
  const covered = useApp((state) => state.miniApp !== null) && narrow
  return (
    <div className="page" data-screen={screen}>
      <div className="columns" inert={covered}>
        <Sidebar />
        <ChatView />
      </div>
      <PhoneArea />
      <PaymentSheet />
      <Overlays />
    </div>
  )
}
