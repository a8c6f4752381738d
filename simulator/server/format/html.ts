import { badRequest } from '@/simulator/server/errors'
import type { Entity } from '@/simulator/server/world'

export type Formatted = { text: string; entities: Entity[] }

const TAGS: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  blockquote: 'blockquote',
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|lt|gt|amp|quot);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole
    const isHex = name[1] === 'x' || name[1] === 'X'
    const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function fail(text: string): never {
  throw badRequest(`can't parse entities: ${text}`)
}

type Open = { tag: string; type: string; offset: number; url: string | undefined }

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?)*)\s*>/y
const HREF = /href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i

function close(open: Open[], name: string, byteOffset: number, result: Formatted): void {
  const last = open.pop()
  if (last === undefined) fail(`Unexpected end tag at byte offset ${byteOffset}`)
  if (last.tag !== name) {
    fail(
      `Unmatched end tag at byte offset ${byteOffset}, expected "</${last.tag}>", found "</${name}>"`,
    )
  }
  const length = result.text.length - last.offset
  if (length === 0 || (last.type === 'text_link' && last.url === undefined)) return
  const entity: Entity = { offset: last.offset, length, type: last.type }
  if (last.url !== undefined) entity.url = last.url
  result.entities.push(entity)
}

export function parseHtml(source: string): Formatted {
  const result: Formatted = { text: '', entities: [] }
  const open: Open[] = []
  let at = 0
  while (at < source.length) {
    const next = source.indexOf('<', at)
    result.text += decode(source.slice(at, next < 0 ? source.length : next))
    if (next < 0) break
    const byteOffset = Buffer.byteLength(source.slice(0, next))
    TAG.lastIndex = next
    const match = TAG.exec(source)
    if (match === null) fail(`Unsupported start tag "" at byte offset ${byteOffset}`)
    const tag = (match[2] ?? '').toLowerCase()
    if (match[1] === '/') close(open, tag, byteOffset, result)
    else {
      const type = TAGS[tag]
      if (type === undefined) fail(`Unsupported start tag "${tag}" at byte offset ${byteOffset}`)
      const href = tag === 'a' ? HREF.exec(match[3] ?? '') : null
      const url = href === null ? undefined : decode(href[1] ?? href[2] ?? href[3] ?? '')
      open.push({ tag, type, offset: result.text.length, url })
    }
    at = next + match[0].length
  }
  const unclosed = open.pop()
  if (unclosed !== undefined)
    fail(`Can't find end tag corresponding to start tag "${unclosed.tag}"`)
  return result
}
