import type { RefusalCode } from './errors'

/** What a server action answers: never an exception, because its text would not reach the page. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | {
      ok: false
      code: RefusalCode | 'internal_error'
      /** What is wrong and what to do, in the admin's pages only. */
      detail?: string
      retryAfterSeconds?: number
    }
