import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { BotInfo, Chat } from '@/simulator/wire'
import { pressStart, sendText, setBlocked } from './data'
import { Icon } from './icons'
import { Menu } from './menu'
import { openMiniApp } from './mini-app'
import { setState, useApp } from './store'

function MenuButton({ bot }: { bot: BotInfo }) {
  if (bot.menu_button.type !== 'web_app') return null
  const { text, url } = bot.menu_button
  return (
    <button
      type="button"
      className="menu-button"
      onClick={() => void openMiniApp({ source: 'menu', botId: bot.id, url })}
    >
      <Icon name="window" />
      {text}
    </button>
  )
}

function Commands({ bot }: { bot: BotInfo }) {
  if (bot.commands.length === 0) return null
  return (
    <Menu
      label="Commands"
      face={<span className="slash">/</span>}
      className="icon-button"
      align="right"
    >
      {(close) =>
        bot.commands.map(({ command, description }) => (
          <button
            key={command}
            type="button"
            className="menu-item"
            onClick={() => {
              close()
              void sendText(`/${command}`)
            }}
          >
            <span className="menu-item-name">/{command}</span>
            <span className="menu-item-detail">{description}</span>
          </button>
        ))
      }
    </Menu>
  )
}

function WriteMessage({ bot }: { bot: BotInfo }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useApp((state) => (state.draft?.botId === bot.id ? state.draft : null))
  useEffect(() => {
    if (!draft) return
    setText(draft.text)
    setState({ draft: null })
    field.current?.focus()
  }, [draft])
  const send = () => {
    const message = text.trim()
    if (!message) return
    setText('')
    void sendText(message)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <MenuButton bot={bot} />
      <div className="composer-field">
        <textarea
          ref={field}
          aria-label="Message"
          placeholder="Message"
          rows={1}
          maxLength={4096}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Commands bot={bot} />
      </div>
      <button type="submit" className="send" aria-label="Send" disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  )
}

/** Under the messages: write, or START before the first time, or unblock. */
export function Composer({ chat }: { chat: Chat }) {
  const linked = useApp((state) => state.startParam?.botId === chat.bot.id)
  if (chat.blocked) {
    return (
      <div className="composer composer-single">
        <button type="button" className="wide-button" onClick={() => void setBlocked(false)}>
          Unblock
        </button>
      </div>
    )
  }
  if (!chat.started || linked) {
    return (
      <div className="composer composer-single">
        <button type="button" className="wide-button" onClick={() => void pressStart()}>
          Start
        </button>
      </div>
    )
  }
  return <WriteMessage key={chat.bot.id} bot={chat.bot} />
}
