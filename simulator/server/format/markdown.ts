import { badRequest } from '@/simulator/server/errors'
import type { Entity } from '@/simulator/server/world'
import type { Formatted } from './html'

type Open = { marker: string; type: string; offset: number; at: number }

const V2_MARKERS: [string, string][] = [
  ['__', 'underline'],
  ['||', 'spoiler'],
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strikethrough'],
]
const LEGACY_MARKERS: [string, string][] = [
  ['*', 'bold'],
  ['_', 'italic'],
]
const RESERVED = new Set('_*[]()~`>#+-=|{}.!')
const LINK = /\]\(((?:\\.|[^)\\])*)\)/y

function fail(text: string): never {
  throw badRequest(`can't parse entities: ${text}`)
}

/** MarkdownV2, or the older Markdown that knows no nesting and no reserved characters. */
class Parser {
  #text = ''
  #entities: Entity[] = []
  #open: Open[] = []
  #at = 0
  #source: string
  #isV2: boolean

  constructor(source: string, isV2: boolean) {
    this.#source = source
    this.#isV2 = isV2
  }

  run(): Formatted {
    while (this.#at < this.#source.length) this.#step()
    const unclosed = this.#open.pop()
    if (unclosed !== undefined) this.#unclosed(unclosed.type, unclosed.at)
    return { text: this.#text, entities: this.#entities }
  }

  #unclosed(type: string, at: number): never {
    const name = { bold: 'Bold', italic: 'Italic', text_link: 'TextUrl' }[type] ?? type
    fail(`Can't find end of ${name} entity at byte offset ${this.#bytes(at)}`)
  }

  #bytes(at: number): number {
    return Buffer.byteLength(this.#source.slice(0, at))
  }

  #close(open: Open, url?: string): void {
    const length = this.#text.length - open.offset
    if (length === 0) return
    const entity: Entity = { offset: open.offset, length, type: open.type }
    if (url !== undefined) entity.url = url
    this.#entities.push(entity)
  }

  #step(): void {
    const source = this.#source
    const character = source[this.#at] ?? ''
    const following = source[this.#at + 1] ?? ''
    if (character === '\\' && following !== '' && /[!-/:-@[-`{-~]/.test(following)) {
      this.#text += following
      this.#at += 2
    } else if (character === '`') this.#code()
    else if (character === '[') {
      this.#open.push({ marker: '[', type: 'text_link', offset: this.#text.length, at: this.#at })
      this.#at += 1
    } else if (character === ']' && this.#open.at(-1)?.marker === '[') this.#link()
    else if (!this.#marker()) this.#plain(character)
  }

  #code(): void {
    const fence = this.#source.startsWith('```', this.#at) ? '```' : '`'
    const start = this.#at + fence.length
    const end = this.#source.indexOf(fence, start)
    const type = fence === '`' ? 'code' : 'pre'
    if (end < 0) this.#unclosed(type === 'pre' ? 'Pre' : 'Code', this.#at)
    const inner = this.#source.slice(start, end).replace(/\\([\\`])/g, '$1')
    const open = { marker: fence, type, offset: this.#text.length, at: this.#at }
    this.#text += type === 'pre' ? inner.replace(/^\w*\n/, '') : inner
    this.#close(open)
    this.#at = end + fence.length
  }

  #link(): void {
    const open = this.#open.pop()
    if (open === undefined) return
    LINK.lastIndex = this.#at
    const match = LINK.exec(this.#source)
    if (match === null && this.#isV2) this.#unclosed('text_link', open.at)
    const url = match?.[1]?.replace(/\\(.)/g, '$1')
    if (url !== undefined) this.#close(open, url)
    this.#at += match?.[0].length ?? 1
  }

  #marker(): boolean {
    const markers = this.#isV2 ? V2_MARKERS : LEGACY_MARKERS
    const found = markers.find(([marker]) => this.#source.startsWith(marker, this.#at))
    if (found === undefined) return false
    const [marker, type] = found
    const last = this.#open.at(-1)
    if (last?.marker === marker) {
      this.#open.pop()
      this.#close(last)
    } else if (!this.#isV2 && last !== undefined) return false
    else this.#open.push({ marker, type, offset: this.#text.length, at: this.#at })
    this.#at += marker.length
    return true
  }

  #plain(character: string): void {
    const startsQuote = character === '>' && (this.#at === 0 || this.#source[this.#at - 1] === '\n')
    if (this.#isV2 && RESERVED.has(character) && !startsQuote) {
      fail(`Character '${character}' is reserved and must be escaped with the preceding '\\'`)
    }
    if (!(this.#isV2 && startsQuote)) this.#text += character
    this.#at += 1
  }
}

export function parseMarkdown(source: string, isV2: boolean): Formatted {
  return new Parser(source, isV2).run()
}
