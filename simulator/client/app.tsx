import { useSyncExternalStore } from 'react'
import { ChatView } from './chat'
import { WebApp } from './host/web-app'
import { Icon } from './icons'
import { Observer } from './observer/observer'
import { Overlays } from './overlays'
import { PaymentSheet } from './pay/payment-sheet'
import { Sidebar } from './sidebar'
import { currentChat, useApp } from './store'

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

function PhoneArea({ inert }: { inert: boolean }) {
  const session = useApp((state) => state.miniApp)
  const isOpen = session !== null && !session.minimized
  return (
    <section
      className="phone-area"
      aria-label="Phone"
      data-open={isOpen}
      data-aside={session?.minimized ?? false}
      inert={inert}
    >
      <div className="phone">
        {isOpen ? null : <EmptyPhone />}
        {session ? <WebApp key={session.key} session={session} /> : null}
      </div>
    </section>
  )
}

const phoneWidth = matchMedia('(max-width: 700px)')

function watchWidth(listener: () => void): () => void {
  phoneWidth.addEventListener('change', listener)
  return () => phoneWidth.removeEventListener('change', listener)
}

/** People, chat, phone and observer: side by side on wide screens, one at a time on phones. */
export function App() {
  const screen = useApp((state) => state.screen)
  const narrow = useSyncExternalStore(watchWidth, () => phoneWidth.matches)
  const hasApp = useApp((state) => state.miniApp !== null && !state.miniApp.minimized)
  const hasAside = useApp((state) => state.miniApp?.minimized ?? false)
  const paying = useApp((state) => state.payment !== null)
  const observing = useApp((state) => state.observerOpen)
  const covered = narrow && observing
  return (
    <main className="page" data-observer={observing} data-aside={hasAside}>
      <h1 className="sr-only">Simulator</h1>
      <div className="columns" inert={covered || paying || (narrow && hasApp)}>
        {narrow && screen === 'chat' ? null : <Sidebar />}
        {narrow && screen === 'people' ? null : <ChatView />}
      </div>
      <PhoneArea inert={covered || paying} />
      {observing ? <Observer /> : null}
      <PaymentSheet />
      <Overlays />
    </main>
  )
}
