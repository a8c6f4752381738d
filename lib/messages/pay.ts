import { formatDate } from './mini-app'

/** Every sentence about paying in an ordinary browser. */

const wait = (seconds: number) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`

const two = (count: number) => String(count).padStart(2, '0')

export const payMessages = {
  panel: {
    heading: 'Buy this plan',
    logIn: 'Log in with Telegram to buy',
    logInHint:
      'Your Telegram account is your account here. You come back to this page and pay from it.',
    or: 'or buy inside Telegram',
    openBot: 'Open in Telegram',
    scanBot: 'Or scan this with your phone',
    scanBotLabel: (name: string) => `QR code that opens ${name} in Telegram`,
    renews: (price: string, days: number) =>
      `You pay ${price} now and again every ${days === 1 ? 'day' : `${days} days`}, until you cancel.`,
    buyer: (name: string) => `You buy it for ${name}.`,
    notYou: 'Not you?',
    enough: 'You have this plan',
    enoughText: 'Buying it again would give you nothing now.',
    nextPossible: 'You can buy it again near its end.',
    account: 'Go to my account',
  },

  start: {
    stars: (price: string) => `Pay ${price} with Telegram Stars`,
    card: (price: string) => `Pay ${price} by card`,
    busy: 'One moment …',
    leaving: 'Opening …',
  },

  problems: {
    rateLimited: (seconds: number) =>
      `That were many tries in a short time. Please wait ${wait(seconds)} and try again.`,
    unauthorized: 'Your login has ended. Log in again; you come back to this page.',
    logIn: 'Log in again',
    alreadyEntitled: 'You have this plan already, or a higher one. Nothing was charged.',
    unknownPlan: 'This plan is not on sale any more. Nothing was charged.',
    priceChanged: 'The price has changed meanwhile. Look at the new one; nothing was charged.',
    telegramUnavailable: 'Telegram does not answer just now. Nothing was charged; try again soon.',
    cardUnavailable:
      'The card page does not answer just now. Nothing was charged; try again soon, or pay with Stars.',
    offline: 'There is no connection just now. Nothing was charged; try again.',
    forbidden: 'This page was open too long. Load it again and retry; nothing was charged.',
    internal: 'Something went wrong on our side. Nothing was charged; please try again.',
  },

  page: {
    title: (name: string) => `Pay for ${name}`,
    paidTitle: (name: string) => `${name} is yours`,
    otherPlan: 'Back to the plan',
    plans: 'See all plans',
    account: 'See my plans',
    bot: 'Open the bot',
  },

  open: {
    heading: 'Pay in Telegram',
    text: (name: string) => `${name}. You confirm in Telegram; this page shows when it is done.`,
    button: 'Open Telegram',
    scan: 'Or scan this with the camera of your phone.',
    qr: 'QR code that opens the payment in Telegram',
    link: 'Payment link',
    copy: 'Copy link',
    copied: 'Copied',
    copyFailed: 'Select the link and copy it yourself.',
    account: (firstName: string) =>
      firstName
        ? `Pay with the Telegram account of ${firstName}: you are logged in with it here.`
        : 'Pay with the Telegram account that you are logged in with here.',
    inChat: 'This invoice stands in your chat with the bot. Pay it there.',
    noLink: 'Open the bot',
  },

  countdown: {
    valid: (seconds: number) => `Valid for ${Math.floor(seconds / 60)}:${two(seconds % 60)}`,
    over: 'No time left',
  },

  live: {
    waiting: 'Waiting for your payment …',
    bank: 'Waiting for the bank …',
    news: 'There is news. One moment …',
    offline: 'No connection just now. This page keeps trying.',
  },

  refused: {
    heading: 'Another Telegram account tried to pay',
    text: (firstName: string) =>
      `It was stopped, and nothing was charged. This payment belongs to ${firstName || 'the account'} you are logged in with here: switch to that account in Telegram and open the link again. To buy for the other account, log out here and log in with that one.`,
  },

  card: {
    heading: 'Waiting for the bank',
    text: (name: string) =>
      `As soon as the bank confirms, ${name} is yours. This usually takes a few seconds.`,
    leave:
      'You may leave this page: the plan appears in your account by itself as soon as the money has arrived.',
    unfinished: 'Did you not finish paying?',
    resume: 'Back to the card page',
  },

  paid: {
    heading: (name: string) => `${name} is yours`,
    until: (end: string) => `Until ${formatDate(end)}.`,
    renews: (end: string) => `It renews on ${formatDate(end)}.`,
    forLife: 'For life.',
    from: (start: string, end: string | null) =>
      end === null
        ? `It starts on ${formatDate(start)}.`
        : `It starts on ${formatDate(start)} and runs until ${formatDate(end)}.`,
    useIt: 'It works at once in the bot, in the Mini App and here.',
    over: 'This was paid',
    overText: 'The plan is not active now. Your account shows when it ended and what was paid.',
    announce: (name: string) => `Payment received. ${name} is yours.`,
  },

  review: {
    heading: 'Payment received',
    text: 'It is being checked by a person, because something about it was unusual. Nothing is lost, and you need not pay again. You can follow it in your account.',
  },

  expired: {
    heading: 'This payment link has expired',
    text: (name: string) =>
      `Nothing was charged by it. Make a new one to buy ${name}. If you have paid already, wait a moment: this page will show it.`,
    cardHeading: 'This card page has expired',
  },

  covered: {
    heading: 'You have this already',
    text: (name: string) =>
      `You have ${name}, so this payment is not needed any more and was closed. Nothing was charged by it.`,
  },

  changed: {
    heading: 'The price has changed',
    text: (before: string, now: string) =>
      `It was ${before} and is ${now} now, so the old link cannot be paid any more. Nothing was charged.`,
  },

  retired: {
    heading: 'This plan is not on sale any more',
    text: 'The link cannot be paid any more. Nothing was charged.',
  },

  notYours: {
    heading: 'There is no such payment in your account',
    text: 'It may belong to another Telegram account. If you have just paid, nothing is lost: log in with the account that bought.',
    logIn: 'Log in with another account',
  },
} as const
