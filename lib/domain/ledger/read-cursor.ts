import { z } from 'zod'
import { isId } from '@/lib/kit/ids'

/** The last row of a page: where the next one begins. */
export type Cursor = { key: string; id: string }

const cursor = z.tuple([z.string().max(40), z.string().refine(isId)])

export function writeCursor({ key, id }: Cursor): string {
  return btoa(JSON.stringify([key, id]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Null for what is no cursor of ours. A key is a moment in ISO 8601 or an amount. */
export function readCursor(text: string, sort: 'newest' | 'largest'): Cursor | null {
  try {
    const [key, id] = cursor.parse(JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/'))))
    const fits =
      sort === 'largest'
        ? /^-?\d{1,18}$/.test(key)
        : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(key) && !Number.isNaN(Date.parse(key))
    return fits ? { key, id } : null
  } catch {
    return null
  }
}
