import type { Chat } from '@/simulator/wire'
import { timeText } from './format'
import { Avatar, Icon, IconButton } from './icons'
import { ObserverButton } from './observer/toggle'
import { OpenLinkButton } from './open-link'
import { AddPersonButton, PeopleList } from './people'
import { goToPerson } from './route'
import { ClientSettings } from './settings'
import { switchTheme } from './start'
import { currentChat, currentPerson, setState, useApp } from './store'

function preview(chat: Chat): string {
  const last = chat.messages.at(-1)
  if (!last) return chat.started ? 'No messages yet' : 'Not started yet'
  if (last.payment) return `Paid: ${last.payment.title}`
  if (last.refund) return 'Refunded'
  if (last.invoice) return `Invoice: ${last.invoice.title}`
  const text = (last.text ?? '').replace(/\s+/g, ' ')
  return last.from === 'person' ? `You: ${text}` : text
}

function ChatRow({ chat }: { chat: Chat }) {
  const selected = useApp((state) => state.botId === chat.bot.id)
  const personId = useApp((state) => state.personId)
  const last = chat.messages.at(-1)
  const open = () => {
    setState({ botId: chat.bot.id, screen: 'chat' })
    if (personId !== null) goToPerson(personId)
  }
  return (
    <li>
      <button
        type="button"
        className="row"
        aria-current={selected ? 'true' : undefined}
        onClick={open}
      >
        <Avatar id={chat.bot.id} name={chat.bot.first_name} />
        <span className="row-text">
          <span className="row-title">{chat.bot.first_name}</span>
          <span className="row-detail">{preview(chat)}</span>
        </span>
        {last ? <span className="row-time">{timeText(last.date)}</span> : null}
      </button>
    </li>
  )
}

function ChatList() {
  const chats = useApp((state) => state.chats)
  const person = useApp(currentPerson)
  if (!person || chats.length === 0) return null
  return (
    <section className="side-section">
      <h2>Chats of {person.first_name}</h2>
      <ul className="rows">
        {chats.map((chat) => (
          <ChatRow key={chat.bot.id} chat={chat} />
        ))}
      </ul>
    </section>
  )
}

function ThemeButton() {
  const theme = useApp((state) => state.theme)
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <IconButton
      label={`Switch to ${other} theme`}
      icon={theme === 'dark' ? 'sun' : 'moon'}
      onClick={() => switchTheme(other)}
    />
  )
}

function StarsButton() {
  const person = useApp(currentPerson)
  if (!person) return null
  return (
    <button type="button" className="side-button" onClick={() => setState({ starsOpen: true })}>
      <Icon name="star" />
      Stars
    </button>
  )
}

/** What this is, in two sentences, for whoever sees it first. */
export function Welcome() {
  return (
    <p className="welcome">
      A small Telegram on your own computer, with play money. Choose a person, press Start in the
      chat and buy something.
    </p>
  )
}

/** The left column: people and the current person's chats. On phones a page of its own. */
export function Sidebar() {
  // Wide screens have the same button in the chat's header.
  const isAlone = useApp((state) => state.chatsLoaded && currentChat(state) === undefined)
  return (
    <nav className="sidebar" aria-label="People and chats">
      <header className="side-header">
        <div>
          <p className="side-name">Simulator</p>
          <p>Nothing leaves this computer</p>
        </div>
        <div className="side-tools">
          <ObserverButton className={isAlone ? '' : 'only-phone'} />
          <ThemeButton />
        </div>
      </header>
      <div className="side-scroll">
        <Welcome />
        <section className="side-section">
          <h2>People</h2>
          <PeopleList onPick={goToPerson} />
          <div className="side-buttons">
            <AddPersonButton onAdded={goToPerson} />
            <StarsButton />
            <OpenLinkButton />
          </div>
        </section>
        <ChatList />
        <ClientSettings />
      </div>
    </nav>
  )
}
