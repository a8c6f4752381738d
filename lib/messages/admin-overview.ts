import type { OverviewRange } from '@/lib/domain/figures/schema'

const number = new Intl.NumberFormat('en')
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

/** `12.5%`; a part of nothing is no number. */
const share = (part: number, whole: number) => (whole === 0 ? '–' : percent.format(part / whole))

/** The first page of the admin. */
export const overviewMessages = {
  title: 'Overview',
  intro: 'Days are UTC.',
  freshness: { before: 'Counted', none: 'Not counted yet: the worker does it every minute.' },
  waiting: (days: number) =>
    days === 1
      ? 'One day is being counted anew.'
      : `${number.format(days)} days are being counted anew.`,
  away: 'This could not be read at the moment. Reload the page to try again.',
  loading: 'Loading…',
  count: (amount: number) => number.format(amount),
  share,
  ranges: {
    label: 'Days shown',
    names: { 7: '7 days', 30: '30 days', 90: '90 days' } satisfies Record<OverviewRange, string>,
  },
  empty: {
    text: 'Nothing was sold yet. The first invoice and the first payment will stand here.',
    plans: 'To the plans',
  },
  sales: {
    heading: 'Sales',
    text: 'Every charge, on the day it was made, also those that went back later.',
    periods: { 1: 'Today', 7: '7 days', 30: '30 days', 90: '90 days' } as Record<number, string>,
    nothing: 'Nothing',
    charges: (count: number) => (count === 1 ? '1 payment' : `${number.format(count)} payments`),
    refunds: (count: number) =>
      count === 0 ? 'No refunds' : count === 1 ? '1 refund:' : `${number.format(count)} refunds:`,
    estimate: (worth: string) => `Stars that stayed: about ${worth} (estimate)`,
  },
  rate: (price: number, currency: string) =>
    `Estimates take one Star for ${price} ${currency}. What Telegram pays may differ.`,
  rateLink: 'Change the rate',
  range: {
    heading: (days: number) => `The last ${days} days`,
  },
  charts: {
    table: 'The numbers as a table',
    day: 'Day (UTC)',
    charges: {
      heading: 'Payments',
      series: { one_off: 'One-off', first: 'First of a subscription', renewal: 'Renewal' },
    },
    money: {
      heading: (currency: string) => (currency === 'XTR' ? 'Stars' : currency),
      series: { charged: 'Received', refunded: 'Refunded' },
    },
    access: {
      heading: 'Access',
      series: { active: 'Active', began: 'New', ended: 'Ended' },
    },
    invoices: {
      heading: 'Invoices',
      series: { invoices: 'Made', paid: 'Paid since' },
    },
    /** For those who do not see the picture. */
    spoken: (heading: string, from: string, to: string) =>
      `${heading} per day from ${from} to ${to}. The numbers are in the table below.`,
  },
  facts: {
    heading: 'How it goes',
    active: 'Active entitlements today',
    began: 'New',
    ended: 'Churned',
    running: 'Subscriptions that renew',
    due: 'Renewals due within 7 days',
    renewals: 'Renewals paid',
    failed: 'Renewals that did not come',
    recurring: 'Recurring revenue, less refunds',
    refundRate: 'Refund rate',
    conversion: 'Invoices that were paid',
    waiting: 'Payments in review',
    of: (part: number, whole: number) =>
      `${share(part, whole)} (${number.format(part)} of ${number.format(whole)})`,
    nothing: 'None',
    how: 'Entitlements count from their start to their end as the books have them today: on every day on which they held, with the time of grace. One that was bought anew after it had lapsed counts from then. The refund rate is of the payments of these days, whenever they went back. A renewal did not come when the paid time of a renewing plan ran out before today.',
  },
  groups: {
    plans: 'By plan',
    methods: 'By method',
    unknown: 'Unknown plan',
    methodNames: {
      stars: 'Stars',
      telegram: 'Card in Telegram',
      stripe: 'Card (Stripe)',
      grant: 'Given by hand',
    } as Record<string, string>,
    columns: {
      name: { plans: 'Plan', methods: 'Method' },
      charges: 'Payments',
      charged: 'Received',
      refunded: 'Refunded',
      refundRate: 'Refund rate',
      conversion: 'Invoices paid',
      active: 'Active',
      began: 'New',
      ended: 'Churned',
    },
    empty: 'Nothing in these days.',
  },
  stars: {
    heading: 'The bot’s Stars',
    text: 'As Telegram says at this moment.',
    away: 'Telegram does not say at the moment. Everything else on this page is our own.',
    balance: 'Balance',
    worth: 'Worth about (estimate)',
    held: 'Not yet to be withdrawn, at most',
    how: (days: number) =>
      `Telegram holds Stars back for up to ${days} days and does not tell how many. At most those are held that came in the last ${days} days (UTC) and did not go back.`,
  },
}
