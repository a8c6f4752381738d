import { z } from 'zod'

/** What the list of people is asked for; anything that does not fit is left out. */
export const peopleQuery = z.object({
  /** PostgreSQL takes no text with a zero byte. */
  q: z
    .string()
    .trim()
    .max(64)
    .refine((text) => !text.includes('\0'))
    .catch(''),
  show: z.enum(['all', 'banned', 'unreachable']).catch('all'),
  newer: z.string().max(64).optional().catch(undefined),
  older: z.string().max(64).optional().catch(undefined),
})
export type PeopleQuery = z.infer<typeof peopleQuery>

export type PersonRow = {
  telegramUserId: number
  name: string
  username: string | null
  reachable: string
  isBanned: boolean
  isDeleted: boolean
  /** ISO 8601. */
  since: string
}

export type PeoplePage = {
  people: PersonRow[]
  /** Marks of the pages before and after; null where the list ends. */
  newer: string | null
  older: string | null
  /** A search that found more than it shows. */
  isCut: boolean
}

/** What somebody was given something for. */
export type Because =
  | { kind: 'paid'; paymentId: string; amount: number; currency: string; at: Date }
  | { kind: 'granted'; by: string; reason: string; at: Date }

/** How something was taken away before its end. */
export type Taken =
  | {
      kind: 'refunded'
      paymentId: string
      amount: number
      currency: string
      at: Date
      /** Null where nobody asked for it here. */
      by: string | null
    }
  | { kind: 'revoked'; by: string; at: Date }

/** How a person stands in one family of plans. */
export type Verdict = { family: string; planName: string } & (
  | { kind: 'holds'; until: Date | null; renews: boolean; because: Because | null }
  | { kind: 'grace'; endedAt: Date; until: Date; hasFailed: boolean; because: Because | null }
  | { kind: 'scheduled'; from: Date; because: Because | null }
  | { kind: 'ended'; at: Date; hasFailed: boolean; because: Because | null }
  | { kind: 'taken'; at: Date; why: Taken | null }
)

/** A question of Telegram that led to no charge; the reason is a code. */
export type Attempt = {
  paymentId: string
  amount: number
  currency: string
  planName: string | null
  reason: string
  at: Date
}

/** An invoice that nobody paid. */
export type Unpaid = {
  amount: number
  currency: string
  planName: string
  method: string
  at: Date
  expiresAt: Date
}

/** What else bears on their access. */
export type Remark =
  | { kind: 'banned'; at: Date }
  | { kind: 'deleted'; at: Date }
  | { kind: 'nothing' }
  | { kind: 'waits'; paymentId: string; amount: number; currency: string; reason: string }
  | { kind: 'left'; paymentId: string; amount: number; currency: string; by: string }
  /** They tried last of all, and nothing was charged; `tries` since anything was. */
  | { kind: 'tried'; last: Attempt; tries: number }
  | { kind: 'unpaid'; count: number; last: Unpaid }
  | { kind: 'attempts_cut' }
  | { kind: 'refund_asked'; paymentId: string; amount: number; currency: string; by: string }
  | { kind: 'refund_failed'; paymentId: string; amount: number; currency: string; problem: string }

/** One thing that happened to a person. */
export type Happening = { at: Date } & (
  | { kind: 'first_seen' }
  | { kind: 'deleted' }
  | { kind: 'banned' }
  | {
      kind: 'charged'
      paymentId: string
      amount: number
      currency: string
      planName: string | null
      isRenewal: boolean
      isWaiting: boolean
    }
  | { kind: 'settled'; paymentId: string; by: string; counts: boolean }
  | { kind: 'refund_asked'; paymentId: string; by: string; reason: string }
  | { kind: 'refunded'; paymentId: string; amount: number; currency: string }
  | { kind: 'granted'; planName: string; days: number | null; by: string; reason: string }
  | { kind: 'grant_revoked'; planName: string; by: string }
  | { kind: 'renewal_canceled' | 'renewal_failed' | 'renewal_stopped'; planName: string }
  | ({ kind: 'attempt' } & Omit<Attempt, 'at'>)
  | ({ kind: 'unpaid' } & Omit<Unpaid, 'at'>)
  | { kind: 'done'; action: string; by: string; reason: string | null }
)

/** What looking for somebody's purchases brought, and where was looked. */
export type RestoredFor =
  | {
      status: 'done'
      restored: number
      stars: 'looked' | 'busy' | 'silent'
      cards: 'looked' | 'silent' | 'off'
    }
  | { status: 'running' }

export const messageLengthMax = 1000

export const messageInput = z.object({
  /** Made with the form: the same form sent twice writes once. */
  id: z.uuid(),
  telegramUserId: z.int().positive(),
  text: z.string().trim().min(1).max(messageLengthMax),
})
export type MessageInput = z.infer<typeof messageInput>
