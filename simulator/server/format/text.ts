import type { Params } from '@/simulator/server/bot-api/params'
import { badRequest } from '@/simulator/server/errors'
import { isRecord, parseJson } from '@/simulator/server/json'
import type { Entity } from '@/simulator/server/world'
import { detectEntities } from './detect'
import { type Formatted, parseHtml } from './html'
import { parseMarkdown } from './markdown'

const MAX_LENGTH = 4096

function givenEntities(raw: string): Entity[] {
  if (raw === '') return []
  const parsed = parseJson(raw)
  if (parsed === undefined) throw badRequest("can't parse entities JSON object")
  if (!Array.isArray(parsed.value)) throw badRequest('expected an Array of MessageEntity')
  const entities: Entity[] = []
  for (const item of parsed.value) {
    if (!isRecord(item)) throw badRequest("can't parse MessageEntity: expected an Object")
    const { type, offset, length, url } = item
    if (typeof type !== 'string' || typeof offset !== 'number' || typeof length !== 'number')
      continue
    entities.push({ offset, length, type, ...(typeof url === 'string' ? { url } : {}) })
  }
  return entities
}

function format(text: string, params: Params): Formatted {
  const mode = params.get('parse_mode').toLowerCase()
  if (mode === 'html') return parseHtml(text)
  if (mode === 'markdownv2') return parseMarkdown(text, true)
  if (mode === 'markdown') return parseMarkdown(text, false)
  if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode')
  return { text, entities: givenEntities(params.get('entities')) }
}

/** The text of a message with its formatting, trimmed and measured as Telegram does. */
export function formattedText(params: Params): Formatted {
  const source = params.get('text')
  if (source === '') throw badRequest('message text is empty')
  const { text, entities } = format(source, params)
  const start = text.length - text.trimStart().length
  const trimmed = text.trim()
  if (trimmed === '') throw badRequest('message text is empty')
  if (trimmed.length > MAX_LENGTH) throw badRequest('message is too long')
  const moved = entities.flatMap((entity) => {
    const offset = Math.max(entity.offset - start, 0)
    const length = Math.min(entity.offset - start + entity.length, trimmed.length) - offset
    return length > 0 ? [{ ...entity, offset, length }] : []
  })
  return { text: trimmed, entities: detectEntities(trimmed, moved) }
}
