import { z } from 'zod'
import type { Money } from '@/lib/kit/money'

/** What is counted, each on the day (UTC) on which it happened. */
export const measures = [
  /** Money that arrived, whatever became of it. */
  'charge',
  /** Charges of the day that went back since. */
  'returned',
  /** Charges of the day that wait for a person. */
  'review',
  /** Money that went back, on the day it did. */
  'refund',
  /** Invoices that were made, and those of them that were paid since. */
  'invoice',
  'invoice_paid',
  /** Access that began or ended, as the books have it now. */
  'began',
  'ended',
  /** Paid time of a renewing plan runs out; in the past: it did, and no renewal came. */
  'due',
] as const
export type Measure = (typeof measures)[number]

/** How many days the overview looks at, as its address says. */
export const overviewRanges = [7, 30, 90] as const
export type OverviewRange = (typeof overviewRanges)[number]

export const overviewQuery = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal(overviewRanges))
    .catch(30 satisfies OverviewRange),
})

/** Sales of the last days, today included. Money is one sum per currency, Stars first. */
export type SalesDto = {
  days: number
  charges: number
  charged: Money[]
  refunds: number
  refunded: Money[]
  /** What the Stars that stayed are worth by the owner's rate; null without Stars. */
  estimate: Money | null
}

/** One day (UTC), `2026-03-01`. */
export type DayDto = {
  day: string
  one_off: number
  first: number
  renewal: number
  refunds: number
  /** By currency, in its smallest unit. */
  charged: Record<string, number>
  refunded: Record<string, number>
  /** Entitlements that held at some moment of the day. */
  active: number
  began: number
  ended: number
  invoices: number
  paid: number
}

/** The days of one plan or method. */
export type GroupDto = {
  /** A plan's code or a method; empty where the plan is unknown. */
  name: string
  charges: number
  charged: Money[]
  returned: number
  refunded: Money[]
  invoices: number
  paid: number
  active: number
  began: number
  ended: number
}

export type OverviewDto = {
  /** The current day (UTC). */
  today: string
  /** The first of the days below; the last is today. */
  from: string
  /** Nothing was ever sold, offered or given. */
  is_empty: boolean
  sales: SalesDto[]
  days: DayDto[]
  /** Those that occur in the days, Stars first. */
  currencies: string[]
  access: {
    active: number
    began: number
    ended: number
    /** Renewing plans whose paid time has not run out. */
    running: number
    /** Of them, how many are to renew within a week, today included. */
    due_soon: number
    /** Renewing plans whose paid time ran out within the days, and no renewal came. */
    failed: number
    renewals: number
    /** What subscriptions brought in, less what went back of it. */
    recurring: Money[]
  }
  totals: {
    charges: number
    /** Of these charges, how many went back since. */
    returned: number
    /** Of these charges, how many wait for a person. */
    waiting: number
    invoices: number
    paid: number
  }
  plans: GroupDto[]
  methods: GroupDto[]
  /** What the owner says one Star is worth. */
  rate: { currency: string; price: number }
}

/** How old the figures are. Dates are ISO 8601. */
export type FreshnessDto = {
  /** They say how things stood at this moment; null before everything was counted once. */
  counted_at: string | null
  /** Days that are still to be counted. */
  waiting_days: number
}

/** The bot's Stars, as Telegram says, and what of them cannot be withdrawn yet at most. */
export type StarBalanceDto = {
  balance: number
  held: number
  held_days: number
  worth: Money
}
