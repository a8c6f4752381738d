import type { Entity } from '@/simulator/server/world'

const PATTERNS: [string, RegExp][] = [
  ['url', /(?<![\w@])https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g],
  ['url', /(?<![\w@/.])t\.me\/[\w$/?=+-]*[\w$/=+-]/g],
  ['bot_command', /(?<![\w/<>@])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])/g],
  ['mention', /(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)/g],
  ['email', /(?<![\w.+-])[\w.+-]+@[\w-]+\.[A-Za-z.-]*[A-Za-z]/g],
]

function overlaps(a: Entity, b: Entity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}

const OPAQUE = new Set(['code', 'pre', 'text_link', 'url', 'bot_command', 'mention', 'email'])

/** Adds what Telegram finds by itself in a text: links, commands, mentions. UTF-16 offsets. */
export function detectEntities(text: string, given: Entity[]): Entity[] {
  const entities = [...given]
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const found: Entity = { offset: match.index, length: match[0].length, type }
      const taken = entities.some((other) => OPAQUE.has(other.type) && overlaps(other, found))
      if (!taken) entities.push(found)
    }
  }
  return entities.sort((a, b) => a.offset - b.offset || b.length - a.length)
}
