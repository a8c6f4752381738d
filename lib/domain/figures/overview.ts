import { stars } from '@/lib/kit/money'
import { byCurrency, dayAfter, daysBetween, estimate, sumMoney } from './rules'
import type { DayDto, GroupDto, Measure, OverviewDto, OverviewRange, SalesDto } from './schema'

/** Figures of one day. */
export type DayRow = {
  day: string
  measure: Measure
  currency: string
  kind: string
  count: number
  amount: number
}

/** Figures of the whole range, of one plan and method. */
export type PartRow = Omit<DayRow, 'day' | 'kind'> & {
  plan_code: string
  method: string
  is_today: boolean
}

/** Access that began before a day, less what ended before it. */
export type HeldRow = { plan_code: string; method: string; count: number }

export type Figures = {
  today: string
  range: OverviewRange
  /** From `first` on; those of `due` also in the days to come. */
  first: string
  days: DayRow[]
  heldBeforeFirst: HeldRow[]
  parts: PartRow[]
  heldBeforeRange: HeldRow[]
  running: number
  rate: { currency: string; price: number }
}

const salesDays = [1, 7, 30, 90]
const soonDays = 7

/** Makes the overview of the figures; nothing is read here. */
export function makeOverview(figures: Figures): OverviewDto {
  const { today, range, rate } = figures
  const from = dayAfter(today, 1 - range)
  const past = figures.days.filter(({ day }) => day <= today)
  const inRange = past.filter(({ day }) => day >= from)
  const count = (measure: Measure, kinds?: readonly string[]) =>
    sum(inRange.filter((row) => row.measure === measure && (!kinds || kinds.includes(row.kind))))
  const days = daysOf(figures).filter(({ day }) => day >= from)
  const currencies = new Set(inRange.filter(isMoney).map(({ currency }) => currency))
  const due = figures.days.filter(({ measure }) => measure === 'due')
  const recurring = (measure: Measure) =>
    inRange.filter((row) => row.measure === measure && row.kind !== 'one_off')
  return {
    today,
    from,
    is_empty: figures.days.length === 0 && figures.heldBeforeFirst.length === 0,
    sales: salesDays.map((length) => salesOf(past, dayAfter(today, 1 - length), length, rate)),
    days,
    currencies: [...currencies].sort(byCurrency),
    access: {
      active: days.at(-1)?.active ?? 0,
      began: count('began'),
      ended: count('ended'),
      running: figures.running,
      due_soon: sum(due.filter(({ day }) => day >= today && day < dayAfter(today, soonDays))),
      failed: sum(due.filter(({ day }) => day >= from && day < today)),
      renewals: count('charge', ['renewal']),
      recurring: sumMoney(recurring('charge'), recurring('refund')),
    },
    totals: {
      charges: count('charge'),
      returned: count('returned'),
      waiting: count('review'),
      invoices: count('invoice'),
      paid: count('invoice_paid'),
    },
    plans: groupsOf(figures, 'plan_code'),
    methods: groupsOf(figures, 'method'),
    rate,
  }
}

const sum = (rows: readonly { count: number }[]) =>
  rows.reduce((total, { count }) => total + count, 0)

const isMoney = ({ measure }: { measure: Measure }) => measure === 'charge' || measure === 'refund'

function salesOf(
  rows: readonly DayRow[],
  from: string,
  days: number,
  rate: Figures['rate'],
): SalesDto {
  const of = (measure: Measure) => rows.filter((row) => row.measure === measure && row.day >= from)
  const charges = of('charge')
  const refunds = of('refund')
  const kept = sumMoney(charges, refunds).find(({ currency }) => currency === stars)
  return {
    days,
    charges: sum(charges),
    charged: sumMoney(charges),
    refunds: sum(refunds),
    refunded: sumMoney(refunds),
    estimate: kept ? estimate(kept.amount, rate) : null,
  }
}

function emptyDay(day: string): DayDto {
  return {
    day,
    one_off: 0,
    first: 0,
    renewal: 0,
    refunds: 0,
    charged: {},
    refunded: {},
    active: 0,
    began: 0,
    ended: 0,
    invoices: 0,
    paid: 0,
  }
}

/** Every day from the first to today, also those on which nothing happened. */
function daysOf({ first, today, days, heldBeforeFirst }: Figures): DayDto[] {
  const made = new Map(daysBetween(first, today).map((day) => [day, emptyDay(day)]))
  for (const row of days) {
    const day = made.get(row.day)
    if (day) addTo(day, row)
  }
  let held = sum(heldBeforeFirst)
  for (const day of made.values()) {
    day.active = held + day.began
    held += day.began - day.ended
  }
  return [...made.values()]
}

function addTo(day: DayDto, { measure, kind, currency, count, amount }: DayRow): void {
  if (measure === 'charge') {
    if (kind === 'one_off' || kind === 'first' || kind === 'renewal') day[kind] += count
    day.charged[currency] = (day.charged[currency] ?? 0) + amount
  } else if (measure === 'refund') {
    day.refunds += count
    day.refunded[currency] = (day.refunded[currency] ?? 0) + amount
  } else if (measure === 'began' || measure === 'ended') day[measure] += count
  else if (measure === 'invoice') day.invoices += count
  else if (measure === 'invoice_paid') day.paid += count
}

/** The range by plan or by method, what sold most first. */
function groupsOf(figures: Figures, by: 'plan_code' | 'method'): GroupDto[] {
  const { parts, heldBeforeRange } = figures
  const names = new Set([...parts, ...heldBeforeRange].map((row) => row[by]))
  return [...names]
    .map((name): GroupDto => {
      const own = parts.filter((row) => row[by] === name)
      const of = (measure: Measure) => own.filter((row) => row.measure === measure)
      const endedBefore = of('ended').filter((row) => !row.is_today)
      const held = sum(heldBeforeRange.filter((row) => row[by] === name))
      const charges = of('charge')
      return {
        name,
        charges: sum(charges),
        charged: sumMoney(charges),
        returned: sum(of('returned')),
        refunded: sumMoney(of('refund')),
        invoices: sum(of('invoice')),
        paid: sum(of('invoice_paid')),
        active: held + sum(of('began')) - sum(endedBefore),
        began: sum(of('began')),
        ended: sum(of('ended')),
      }
    })
    .filter(hasAnything)
    .sort((a, b) => b.charges - a.charges || b.active - a.active || (a.name < b.name ? -1 : 1))
}

function hasAnything({ name: _, charged, refunded, ...counts }: GroupDto): boolean {
  return charged.length + refunded.length > 0 || Object.values(counts).some((one) => one !== 0)
}
