import { Fragment, type ReactNode, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { ChatMessage } from '@/simulator/wire'
import { Message } from './bubble'
import { dayText, sameDay } from './format'
import { Icon } from './icons'

const NEAR_END_PX = 120

type Props = { messages: ChatMessage[]; empty: ReactNode }

/** The messages. Keeps to the end while the reader is there, else offers to jump. */
export function MessageLog({ messages, empty }: Props) {
  const log = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [behind, setBehind] = useState(false)
  const last = messages.at(-1)
  const lastId = last?.message_id
  const mine = last?.from === 'person'

  const toEnd = useCallback(() => {
    const element = log.current
    if (element) element.scrollTop = element.scrollHeight
  }, [])
  useLayoutEffect(() => {
    if (atEnd.current || mine) toEnd()
    else if (lastId !== undefined) setBehind(true)
  }, [lastId, mine, toEnd])
  useLayoutEffect(() => {
    const element = log.current
    if (!element) return
    const keep = new ResizeObserver(() => {
      if (atEnd.current) toEnd()
    })
    keep.observe(element)
    for (const child of element.children) keep.observe(child)
    return () => keep.disconnect()
  }, [toEnd])

  const onScroll = () => {
    const element = log.current
    if (!element) return
    const rest = element.scrollHeight - element.scrollTop - element.clientHeight
    atEnd.current = rest < NEAR_END_PX
    if (atEnd.current) setBehind(false)
  }
  return (
    <div className="log-area">
      <div
        className="log"
        role="log"
        aria-label="Messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs the focus
        tabIndex={0}
        ref={log}
        onScroll={onScroll}
      >
        <div className="log-inner">
          {messages.length === 0 ? empty : null}
          {messages.map((message, index) => {
            const before = messages[index - 1]
            const newDay = !before || !sameDay(before.date, message.date)
            return (
              <Fragment key={message.message_id}>
                {newDay ? <div className="day">{dayText(message.date)}</div> : null}
                <Message message={message} />
              </Fragment>
            )
          })}
        </div>
      </div>
      {behind ? (
        <button type="button" className="jump" onClick={toEnd}>
          <Icon name="down" />
          New messages
        </button>
      ) : null}
    </div>
  )
}
