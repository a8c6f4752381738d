import { Fragment, type ReactNode } from 'react'
import type { ChatMessage } from '@/simulator/wire'
import { sendText } from './data'
import { openTelegramLink, telegramLink, webLink } from './links'

type Entity = NonNullable<ChatMessage['entities']>[number]

/** A link in text or on a button: Telegram's open here, the web's in a new tab. */
export function SmartLink(props: { href: string; className: string; children: ReactNode }) {
  const inside = telegramLink(props.href)
  if (inside) {
    return (
      <button
        type="button"
        className={props.className}
        onClick={() => void openTelegramLink(inside)}
      >
        {props.children}
      </button>
    )
  }
  const outside = webLink(props.href)
  if (!outside) return <span>{props.children}</span>
  return (
    <a className={props.className} href={outside} target="_blank" rel="noopener noreferrer">
      {props.children}
    </a>
  )
}

function Command({ text, children }: { text: string; children: ReactNode }) {
  return (
    <button type="button" className="link" onClick={() => void sendText(text)}>
      {children}
    </button>
  )
}

function link(href: string, inner: ReactNode): ReactNode {
  return (
    <SmartLink className="link" href={href}>
      {inner}
    </SmartLink>
  )
}

function decorate(entity: Entity, text: string, inner: ReactNode): ReactNode {
  switch (entity.type) {
    case 'bold':
      return <strong>{inner}</strong>
    case 'italic':
      return <em>{inner}</em>
    case 'underline':
      return <u>{inner}</u>
    case 'strikethrough':
      return <s>{inner}</s>
    case 'code':
      return <code>{inner}</code>
    case 'pre':
      return <code className="pre">{inner}</code>
    case 'blockquote':
    case 'expandable_blockquote':
      return <span className="quote">{inner}</span>
    case 'text_link':
      return link(entity.url ?? '', inner)
    case 'url':
      return link(text, inner)
    case 'email':
      return (
        <a className="link" href={`mailto:${text}`}>
          {inner}
        </a>
      )
    case 'mention':
      return link(`https://t.me/${text.slice(1)}`, inner)
    case 'bot_command':
      return <Command text={text}>{inner}</Command>
    default:
      return inner
  }
}

/**
 * Text with its entities. Offsets count UTF-16 units, as JavaScript strings do. Entities may lie
 * inside each other, never across: the outermost come first and render what is inside them.
 */
function renderRange(text: string, entities: Entity[], from: number, to: number): ReactNode[] {
  const parts: ReactNode[] = []
  let at = from
  let index = 0
  while (index < entities.length) {
    const entity = entities[index]
    index += 1
    if (!entity || entity.offset < at || entity.offset >= to) continue
    const end = Math.min(entity.offset + entity.length, to)
    if (entity.offset > at) parts.push(text.slice(at, entity.offset))
    const inside = entities.slice(index).filter((other) => other.offset < end)
    const inner = renderRange(text, inside, entity.offset, end)
    const piece = decorate(entity, text.slice(entity.offset, end), inner)
    parts.push(<Fragment key={entity.offset}>{piece}</Fragment>)
    at = end
  }
  if (at < to) parts.push(text.slice(at, to))
  return parts
}

export function RichText({ text, entities = [] }: { text: string; entities?: Entity[] }) {
  const outermostFirst = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  return <p className="text">{renderRange(text, outermostFirst, 0, text.length)}</p>
}
