/** Every sentence of the Mini App. Plain values and functions, so that a translation is one more file. */

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** `23 December 2026`, in the reader's own time zone. */
export function formatDate(iso: string): string {
  return dateFormat.format(new Date(iso))
}

const count = (amount: number, one: string, many: string) =>
  amount === 1 ? `1 ${one}` : `${amount} ${many}`

const wait = (seconds: number) =>
  seconds < 90
    ? count(seconds, 'second', 'seconds')
    : count(Math.ceil(seconds / 60), 'minute', 'minutes')

export const miniAppMessages = {
  title: 'Plans',
  loading: 'Loading…',

  shop: {
    heading: 'Choose a plan',
    intro: 'Pay inside Telegram. Your plan works in the bot, here and on the web.',
    choices: 'Plans',
    account: 'My plans and payments',
    includes: (tier: string) => `Everything in ${tier}`,
    empty: 'No plans yet',
    emptyText: 'Nothing is on sale at the moment. Please come back later.',
    buy: (name: string, price: string) => `Buy ${name} · ${price}`,
    renew: (name: string, price: string) => `Renew ${name} · ${price}`,
    subscribe: (price: string, period: string) => `Subscribe for ${price} every ${period}`,
    choose: 'Choose a plan',
    or: (price: string) => `or ${price}`,
    every: (period: string) => `every ${period}`,
    ways: 'How to pay',
    way: { stars: 'Telegram Stars', telegram: 'Card' },
    legal: 'Terms and privacy',
    terms: 'Terms',
    privacy: 'Privacy',
  },

  duration: {
    days: (days: number) => count(days, 'day', 'days'),
    forLife: 'For life, paid once',
    renewing: 'Renews until you cancel',
  },

  owned: {
    activeUntil: (end: string) => `Active until ${formatDate(end)}`,
    renewsOn: (end: string) => `Renews on ${formatDate(end)}`,
    forLife: 'Yours for life',
    startsOn: (start: string) => `Starts on ${formatDate(start)}`,
    sameTier: (name: string) => `You have ${name}`,
    included: (name: string) => `Included in ${name}`,
    graceUntil: 'Waiting for your renewal',
  },

  hint: {
    upgrade: (higher: string, lower: string, isRenewing: boolean) =>
      `${higher} starts right away. ${lower} keeps running beside it and is not credited${
        isRenewing ? '; its renewal will be cancelled' : ''
      }.`,
    renewing: (price: string, period: string) =>
      `You pay ${price} now and again every ${period}, until you cancel in “My plans”.`,
    extend: (end: string) => `The new days follow the ones you have, after ${formatDate(end)}.`,
  },

  progress: {
    asking: 'Preparing your invoice…',
    paying: 'Finish the payment in the Telegram window.',
    payingBack: 'Go back',
    confirming: 'Confirming your payment…',
    confirmingLong:
      'This takes longer than usual. You may leave: the plan appears in your account by itself.',
    checking: 'Checking whether you paid…',
  },

  review: {
    heading: 'Payment received',
    text: 'It is being checked by a person, because something about it was unusual. Nothing is lost. You can follow it in your account.',
  },

  success: {
    heading: 'Thank you!',
    plan: (name: string) => `${name} is yours`,
    until: (end: string) => `until ${formatDate(end)}`,
    renews: (end: string) => `renews on ${formatDate(end)}`,
    from: (start: string) => `from ${formatDate(start)}`,
    forLife: 'for life',
    account: 'See my plans',
    back: 'Back to the plans',
    writeAccess: 'The bot may not write to you yet, so it cannot send your receipt or a reminder.',
    writeAccessButton: 'Allow messages',
    writeAccessGranted: 'The bot can write to you now.',
  },

  notice: {
    alreadyEntitled: 'You already have this plan, or a better one. It can be renewed near its end.',
    unknownPlan: 'This plan is no longer on sale.',
    rateLimited: (seconds: number) =>
      `Too many tries in a short time. Please try again in ${wait(seconds)}.`,
    telegramUnavailable:
      'Telegram does not answer at the moment. You were not charged; try again soon.',
    network: 'No connection. Check your network and try again.',
    paymentFailed: 'The payment did not go through. You can try again.',
    invoiceExpired: 'That invoice has expired. You were not charged; please try again.',
    unauthorized:
      'Telegram could not confirm who you are. Close this page and open it again from the bot.',
    reopen: 'This page has been open for too long. Close it and open it again from the bot.',
    internal: 'Something went wrong on our side. You were not charged; please try again.',
    entitlementsFailed: 'Your current plans could not be loaded.',
    retry: 'Try again',
    close: 'Close',
    dismiss: 'Dismiss',
  },

  account: {
    heading: 'My plans',
    active: 'Active',
    scheduled: 'Starting later',
    past: 'Past',
    payments: 'Payments',
    noPayments: 'No payments yet.',
    empty: 'No plans yet',
    emptyText: 'When you buy a plan, it appears here with its end date.',
    shop: 'See all plans',
    ended: (end: string) => `Ended on ${formatDate(end)}`,
    endedEarly: 'Ended early',
    notEnding: 'For life',
    period: (start: string, end: string) => `${formatDate(start)} – ${formatDate(end)}`,
    unknownPlan: 'Payment',
    refunded: 'Refunded',
    inReview: 'Being checked',
    failed: 'Your plans could not be loaded',
  },

  outside: {
    heading: 'Open this in Telegram',
    text: 'This page belongs to a bot and needs to be opened from it: tap the menu button beside the message field.',
    button: 'Open the bot',
  },
} as const
