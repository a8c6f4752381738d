/** Every sentence of the account for ordinary browsers. Dates are told in the reader's own zone. */

/** `23 December 2026`. */
export function formatDay(iso: string, zone: string): string {
  const parts = { day: 'numeric', month: 'long', year: 'numeric' } as const
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: zone }).format(new Date(iso))
}

/** `23 December 2026 at 15:04 GMT+1`. Put together by hand: browsers join the two differently. */
export function formatMoment(iso: string, zone: string): string {
  const parts = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
  const time = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: zone }).format(new Date(iso))
  return `${formatDay(iso, zone)} at ${time}`
}

const count = (amount: number, one: string, many: string) =>
  amount === 1 ? `1 ${one}` : `${amount} ${many}`

const wait = (seconds: number) =>
  seconds < 90
    ? count(seconds, 'second', 'seconds')
    : count(Math.ceil(seconds / 60), 'minute', 'minutes')

/** Where the next charge of a subscription comes from. */
export type Payer = 'stars' | 'stripe'

const payers = { stars: 'your Telegram Stars', stripe: 'your card at Stripe' } as const

export const webAccountMessages = {
  title: 'Your account',
  /** Whom this is the account of. */
  who: (name: string, username: string | null, id: number) =>
    `Logged in as ${name}${username ? ` (@${username})` : ''}, Telegram id ${id}.`,

  plans: {
    active: 'Your plans',
    scheduled: 'Starting later',
    past: 'Past',
    empty: 'No plans yet',
    emptyText: 'When you buy a plan, here, in the bot or in the Mini App, it appears here.',
    shop: 'See the plans',
  },

  status: {
    forLife: 'Yours for life',
    until: (day: string) => `Active until ${day}`,
    endsByItself: 'Ends by itself; nothing more is charged.',
    renewsOn: (day: string) => `Active, renews on ${day}`,
    nextCharge: (price: string | null, payer: Payer, day: string) =>
      price
        ? `The next charge, ${price}, is taken from ${payers[payer]} on ${day}.`
        : `The next charge is taken from ${payers[payer]} on ${day}.`,
    doesNotRenew: 'Does not renew; nothing more is charged.',
    /** Its time is over and the charge is under way: Stripe takes about an hour. */
    renewing: {
      status: (day: string) => `Active, being renewed since ${day}`,
      moreOf: {
        stars: 'Telegram takes the Stars now: see that you have enough.',
        stripe: 'The charge can take an hour or two; there is nothing for you to do.',
      },
    },
    failed: {
      status: (day: string) => `Active, but the renewal of ${day} has not been paid`,
      moreOf: {
        stars: 'Telegram tries again soon: see that you have enough Stars.',
        stripe: 'Stripe tries your card again soon: look after it under “Manage card”.',
      },
    },
    from: (day: string) => `Starts on ${day}`,
    period: (start: string, end: string) => `From ${start} to ${end}`,
    ended: (day: string) => `Ended on ${day}`,
    stillTried:
      'Stripe goes on trying your card: look after it under “Manage card”, or cancel the renewal.',
    endedEarly: 'Ended early',
    granted: 'Given to you; there is nothing to pay.',
  },

  renewal: {
    cancel: 'Cancel renewal',
    resume: 'Resume renewal',
    sure: (name: string, day: string) =>
      `Cancel the renewal of ${name}? It stays yours until ${day} and ends then.`,
    sureUnpaid: (name: string) => `Cancel the renewal of ${name}? Your card is not tried again.`,
    sureMore: {
      stars:
        'Once you cancel here, Telegram’s own settings cannot switch it on again: only we can lift it. Come back to this page if you change your mind.',
      stripe: 'You can resume it here until it ends.',
      unpaid: 'Because it is not paid, it cannot be resumed afterwards. You can buy it again.',
    },
    cancelledUnpaid: 'The renewal is cancelled, and nothing more is charged.',
    yes: 'Yes, cancel it',
    keep: 'Keep it',
    cancelled: (day: string) => `The renewal is cancelled. The plan stays yours until ${day}.`,
    resumed: {
      stars: (name: string) =>
        `Our cancel is lifted. One step is left, and only you can do it: in Telegram open Settings → My Stars, choose ${name} and renew it. Then it renews by itself again.`,
      stripe: () => 'It renews by itself again.',
    },
    openTelegram: 'Open Telegram',
  },

  restore: {
    heading: 'Something missing?',
    text: 'If you paid with Stars for a plan that is not here, we look for it in Telegram’s own list.',
    button: 'Restore purchases',
    searching: 'Looking through Telegram’s list…',
    done: (restored: number) =>
      restored === 0
        ? 'Nothing is missing: everything that Telegram knows you paid for is here.'
        : `${count(restored, 'payment was', 'payments were')} missing and ${restored === 1 ? 'is' : 'are'} here now.`,
    running: 'This takes longer than usual. What is found appears here by itself.',
  },

  payments: {
    heading: 'Payments',
    empty: 'No payments yet.',
    unknownPlan: 'Payment',
    receipt: 'Receipt',
    receiptOf: (name: string, day: string) => `Receipt for ${name}, ${day}`,
    status: { completed: '', refunded: 'Refunded', review: 'Being checked' },
    most: (most: number) => `The last ${most} payments.`,
  },

  cards: {
    heading: 'Your card',
    text: 'Stripe keeps your card and its receipts. We never see its number.',
    button: 'Manage card',
  },

  session: {
    heading: 'This login',
    text: 'The account is the one of your Telegram, so there is no password to change.',
    logOut: 'Log out',
    logOutEverywhere: 'Log out on all devices',
    deletion: 'Delete my data',
  },

  receipt: {
    title: 'Receipt',
    back: 'Your account',
    print: 'Print',
    soldBy: 'Sold by',
    noSeller: (shopName: string) => shopName,
    help: 'Questions',
    buyer: 'Bought by',
    telegramId: (id: number) => `Telegram id ${id}`,
    item: 'Item',
    kind: { one_off: 'paid once', subscription: 'subscription' },
    terms: (days: number | null, kind: string) =>
      days === null ? `For life, ${kind}` : `${count(days, 'day', 'days')}, ${kind}`,
    unknownItem: 'Payment',
    amount: 'Amount',
    total: 'Total',
    date: 'Paid on',
    number: 'Receipt number',
    charge: 'Charge',
    method: 'Paid with',
    methods: {
      stars: 'Telegram Stars',
      telegram: 'Card, through Telegram',
      stripe: 'Card, through Stripe',
    },
    status: 'Status',
    states: {
      completed: 'Paid',
      refunded: (moment: string | null) => (moment ? `Refunded on ${moment}` : 'Refunded'),
      review: 'Received, being checked by a person',
    },
  },

  deletion: {
    title: 'Delete my data',
    intro: 'This cannot be undone. In this order:',
    cancelled: 'Cancelled first',
    renewals: (names: readonly string[]) =>
      `The renewal of ${names.join(' and of ')}. Nothing more is charged.`,
    noRenewals: 'You have no plan that renews, so there is nothing to cancel.',
    renewalsMore:
      'Card pages that are still open are closed. If something could still be charged at that moment, nothing is deleted and you are told.',
    deleted: 'Deleted',
    deletedItems: [
      'Your name, username and language.',
      'What you filled in when you paid, such as a name or an address.',
      'Every login, here and in all other browsers.',
    ],
    kept: 'Kept, and why',
    keptItems: [
      'Your payments, under your Telegram id alone: the law asks for books to be kept.',
      'A note that the data was deleted, to be able to show that it was done.',
      'Messages that Telegram sent us about payments, for 90 days at most, to put mistakes right.',
    ],
    keptPlans:
      'Plans you paid for run on to their end in the bot and the Mini App. If you come back there, Telegram tells us your name again.',
    keptCards:
      'Stripe keeps its own records of your card payments. What it told us about them is deleted too; what it tells us later has no name in it and goes after 90 days.',
    label: 'Type DELETE to confirm',
    button: 'Delete my data',
    busy: 'Deleting…',
    back: 'Keep my account',
  },

  deleted: {
    heading: 'Your data is deleted',
    text: 'Nothing renews any more and you are logged out everywhere. Plans you paid for run on to their end in Telegram.',
    home: 'Go to the start page',
  },

  problem: {
    unauthorized: 'You are not logged in any more.',
    logIn: 'Log in again',
    forbidden_origin:
      'Your browser did not say where this came from. Reload the page and try again.',
    conflict: 'This had changed in the meantime. Now you see how it stands.',
    not_found:
      'This cannot be changed here at the moment. For a plan in Stars look in Telegram: Settings → My Stars.',
    telegram_unavailable:
      'Telegram does not answer at the moment. Nothing was changed; try again soon.',
    stripe_unavailable:
      'Stripe does not answer at the moment. Nothing was changed; try again soon.',
    rate_limited: (seconds: number) =>
      `Too many tries in a short time. Please try again in ${wait(seconds)}.`,
    network: 'No connection. Check your network and try again.',
    confirmation: 'Type the word DELETE into the field to confirm.',
    deletion: 'Something could still be charged, so nothing was deleted. Try again in a moment.',
    internal: 'Something went wrong on our side. Nothing was changed; please try again.',
  },
} as const
