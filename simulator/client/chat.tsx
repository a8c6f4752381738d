import type { Chat } from '@/simulator/wire'
import { Composer } from './composer'
import { setBlocked } from './data'
import { fullName } from './format'
import { Avatar, Icon, IconButton } from './icons'
import { MessageLog } from './log'
import { Menu } from './menu'
import { openMiniApp } from './mini-app'
import { ObserverButton } from './observer/toggle'
import { goHome } from './route'
import { currentChat, currentPerson, useApp } from './store'

function ChatMenu({ chat }: { chat: Chat }) {
  return (
    <Menu label="More" face={<Icon name="more" />} className="icon-button" align="right">
      {(close) => (
        <>
          <button
            type="button"
            className="menu-item"
            onClick={() => {
              close()
              void openMiniApp({ source: 'menu', botId: chat.bot.id })
            }}
          >
            Open the Mini App
          </button>
          <button
            type="button"
            className="menu-item"
            onClick={() => {
              close()
              void setBlocked(!chat.blocked)
            }}
          >
            {chat.blocked ? 'Unblock the bot' : 'Block the bot'}
          </button>
        </>
      )}
    </Menu>
  )
}

function ChatHeader({ chat }: { chat: Chat }) {
  const person = useApp(currentPerson)
  const online = useApp((state) => state.online)
  return (
    <header className="chat-header">
      <IconButton className="only-phone" label="Back" icon="back" onClick={goHome} />
      <Avatar id={chat.bot.id} name={chat.bot.first_name} />
      <div className="chat-title">
        <h2>{chat.bot.first_name}</h2>
        <p>
          {person ? <span className="only-phone">as {fullName(person)} · </span> : null}@
          {chat.bot.username}
          {online ? null : <span className="offline"> · reconnecting…</span>}
        </p>
      </div>
      <ObserverButton />
      <ChatMenu chat={chat} />
    </header>
  )
}

function EmptyChat({ chat }: { chat: Chat }) {
  return (
    <div className="empty">
      <Avatar id={chat.bot.id} name={chat.bot.first_name} large />
      <h3>{chat.bot.first_name}</h3>
      <p>{chat.started ? 'No messages here yet.' : 'Press Start to begin the conversation.'}</p>
    </div>
  )
}

function NoChat() {
  const loaded = useApp((state) => state.chatsLoaded)
  const people = useApp((state) => state.people)
  const sentence =
    people?.length === 0
      ? 'Add a person to begin.'
      : loaded
        ? 'There is no bot yet. Start one with this simulator’s Bot API.'
        : 'Loading…'
  return (
    <div className="empty">
      <p>{sentence}</p>
    </div>
  )
}

/** The middle: the conversation of the current person with a bot. */
export function ChatView() {
  const chat = useApp(currentChat)
  const personId = useApp((state) => state.personId)
  return (
    <section className="chat" aria-label="Chat">
      {chat ? (
        <>
          <ChatHeader chat={chat} />
          <MessageLog
            key={`${personId}:${chat.bot.id}`}
            messages={chat.messages}
            empty={<EmptyChat chat={chat} />}
          />
          <Composer chat={chat} />
        </>
      ) : (
        <NoChat />
      )}
    </section>
  )
}
