import { useSyncExternalStore } from 'react'
import { ChatView } from './chat'
import { Icon } from './icons'
import { Overlays } from './overlays'
import { PaymentSheet } from './payment-sheet'
import { Sidebar } from './sidebar'
import { currentChat, useApp } from './store'
import { WebApp } from './web-app'

function EmptyPhone() {
  const chat = useApp(currentChat)
  const button = chat?.started && !chat.blocked ? chat.bot.menu_button : undefined
  return (
    <div className="phone-empty">
      <span className="phone-empty-mark">
        <Icon name="window" />
      </span>
      <h2>Mini Apps and payments open here</h2>
      <p>
        {button?.type === 'web_app'
          ? `Press “${button.text}” beside the message field to begin.`
          : 'Start the bot, then press its menu button beside the message field.'}
      </p>
    </div>
  )
}

function PhoneArea() {
  const session = useApp((state) => state.miniApp)
  return (
    <section className="phone-area" aria-label="Phone" data-open={session !== null}>
      <div className="phone">
        {session ? <WebApp key={session.key} session={session} /> : <EmptyPhone />}
      </div>
    </section>
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
    <main className="page">
      <h1 className="sr-only">Simulator</h1>
      <div className="columns" inert={covered}>
        {narrow && screen === 'chat' ? null : <Sidebar />}
        {narrow && screen === 'people' ? null : <ChatView />}
      </div>
      <PhoneArea />
      <PaymentSheet />
      <Overlays />
    </main>
  )
}
