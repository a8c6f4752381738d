import { isId } from '@/lib/kit/ids'

/** What somebody may have meant by what they typed. */
export type Search =
  | { kind: 'id'; id: string }
  | { kind: 'telegram_id'; telegramUserId: number }
  | { kind: 'username'; prefix: string }
  | { kind: 'payload'; payload: string }
  | { kind: 'text'; text: string }

const payload = /^[0-9a-f-]{36}\.[a-z][a-z0-9_]{1,31}\.\d+\.\S+$/

/** Reads a search the way its shape tells; plain text may be a name or the id of a charge. */
export function readSearch(typed: string): Search {
  const text = typed.trim()
  if (isId(text.toLowerCase())) return { kind: 'id', id: text.toLowerCase() }
  if (/^\d{1,15}$/.test(text)) return { kind: 'telegram_id', telegramUserId: Number(text) }
  if (/^@\w+$/.test(text)) return { kind: 'username', prefix: text.slice(1).toLowerCase() }
  if (payload.test(text)) return { kind: 'payload', payload: text }
  return { kind: 'text', text }
}
