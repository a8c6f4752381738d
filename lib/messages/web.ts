import { formatDate } from './mini-app'

/** Every sentence of the pages for ordinary browsers. Facts of the shop come from its settings. */

const count = (amount: number, one: string, many: string) =>
  amount === 1 ? `1 ${one}` : `${amount} ${many}`

/** What the answers depend on. */
export type ShopFacts = {
  shopName: string
  bot: string
  /** Who helps, as the owner wrote it; empty: the bot does. */
  support: string
  takesCards: boolean
}

const helpFrom = ({ support, bot }: ShopFacts) =>
  support ? `write to ${support}, or send /support to @${bot}` : `send /support to @${bot}`

/** Neither Telegram nor the bot can end what a card pays. */
const cancelling = ({ takesCards }: ShopFacts) =>
  takesCards
    ? 'In your account on this site. A subscription in Stars can also be cancelled in the bot with /account, in the Mini App or in Telegram’s own settings; one that is paid by card cannot.'
    : 'In your account, in the bot with /account, or in Telegram’s own settings.'

export const webMessages = {
  description: (shopName: string, takesCards: boolean) =>
    `Plans of ${shopName}: pay with Telegram Stars${takesCards ? ' or by card' : ''} and use them in the bot, the Mini App and on the web.`,

  frame: {
    skip: 'Skip to the content',
    home: (shopName: string) => `${shopName}, start page`,
    navigation: 'Main',
    plans: 'Plans',
    logIn: 'Log in',
    account: 'Account',
    accountOf: (firstName: string) => `Account of ${firstName}`,
    more: 'More pages',
    terms: 'Terms',
    privacy: 'Privacy',
    support: 'Support',
    bot: 'Bot in Telegram',
    soldBy: 'Sold by',
  },

  home: {
    heading: 'One pass for the bot, the Mini\u00a0App and the web',
    intro: (shopName: string, takesCards: boolean) =>
      `Choose a plan of ${shopName}, pay with Telegram Stars${takesCards ? ' or by card' : ''}, and everything it includes opens at once.`,
    seePlans: 'See the plans',
    open: 'Open the bot',
    pass: { validIn: 'Bot · Mini App · Web', active: 'Active' },
    plansHeading: 'Plans',
    allPlans: 'Compare all plans',
    from: 'from',
    stepsHeading: 'How it works',
    steps: (takesCards: boolean) => [
      {
        title: 'Choose',
        text: 'Pick a plan here or in the bot. Its price in Stars is the same everywhere.',
      },
      takesCards
        ? {
            title: 'Pay in Telegram or by card',
            text: 'Telegram asks you to confirm. Where a plan has a card price, you can pay it here by card instead.',
          }
        : {
            title: 'Pay in Telegram',
            text: 'Telegram asks you to confirm. No card number and no new account.',
          },
      { title: 'Use it', text: 'Your pass works at once: in the bot, in the Mini App and here.' },
    ],
    /** For somebody who is logged in. */
    welcome: {
      heading: (firstName: string) => (firstName ? `Hello, ${firstName}` : 'Hello'),
      yours: 'Your plans',
      empty: 'You have no plan yet. Choose one, and it opens at once everywhere.',
      account: 'Go to my account',
    },
  },

  plans: {
    title: 'Plans and prices',
    intro: 'Every price is final. A plan that renews by itself says so.',
    introCards: 'Pay with Telegram Stars or by card. A plan that renews by itself says so.',
    includes: (tier: string) => `Everything in ${tier}`,
    once: (days: number) => `once, for ${count(days, 'day', 'days')}`,
    onceForLife: 'once, for life',
    renewing: (days: number) => `every ${count(days, 'day', 'days')} until you cancel`,
    byCard: (price: string) => `or ${price} by card`,
    save: (percent: number) => `Save ${percent}%`,
    compare: (family: string) => `${family}: what is included`,
    feature: 'Included',
    yes: 'Yes',
    no: 'No',
    empty: 'Nothing is on sale right now',
    emptyText: 'New plans appear here and in the bot. Please come back later.',
    accept: {
      before: 'By paying you accept the ',
      terms: 'terms',
      between: ' and the ',
      privacy: 'privacy notice',
      after: '.',
    },
  },

  plan: {
    back: 'All plans',
    gets: 'What you get',
    forDays: (days: number) => `${count(days, 'day', 'days')} of access, paid once`,
    forLife: 'Access for life, paid once',
    renews: (days: number) => `Renews every ${count(days, 'day', 'days')} until you cancel`,
    cancel: 'Cancel at any time in your account here; it then runs to its paid end',
    noRenewal: 'Ends by itself; nothing is charged again',
    upgrade: (higher: string, lower: string) =>
      `Do you have ${lower} already? ${higher} starts right away, and ${lower} keeps running beside it without credit.`,
    extend: 'Bought again, its time follows the time you already have.',
    retired: 'This plan is no longer on sale',
    retiredText: 'Whoever has it keeps it. Have a look at the plans that are on sale now.',
    seePlans: 'See the plans',
  },

  /** What a person who is logged in has already. */
  owned: {
    activeUntil: (end: string) => `Active until ${formatDate(end)}`,
    renewsOn: (end: string) => `Renews on ${formatDate(end)}`,
    forLife: 'Yours for life',
    grace: 'Waiting for your renewal',
    startsOn: (start: string) => `Starts on ${formatDate(start)}`,
    /** Of a whole tier. */
    tier: { same: 'You have this', included: 'Included in what you have' },
    covered: (name: string) => `You have ${name}`,
    enough: (name: string, end: string) => `You have ${name}: ${end.toLowerCase()}.`,
    extend: (end: string) =>
      `You have this already. The new days follow the ones you have, after ${formatDate(end)}.`,
    upgrade: (higher: string, lower: string, renews: boolean) =>
      `You have ${lower}. ${higher} starts right away; ${lower} keeps running beside it to its paid end, ${renews ? 'does not renew any more and' : 'and'} is not credited.`,
  },

  questions: {
    heading: 'Questions',
    standard: (facts: ShopFacts) => [
      {
        question: 'What are Telegram Stars?',
        answer:
          'Stars are Telegram’s own money for digital things. You buy them in Telegram, with the payment method of your app store or with a card, and spend them wherever a bot sells something. Unused Stars stay with you.',
      },
      {
        question: 'How do I pay from a computer?',
        answer: `Open a plan here and scan its QR code with your phone, or open Telegram on the computer itself. You confirm the payment in Telegram.${facts.takesCards ? ' Where a plan has a card price, you can also pay by card right here.' : ' This page never asks for a card number.'}`,
      },
      {
        question: 'When does my plan start?',
        answer:
          'As soon as the payment has arrived, usually within seconds. If you already have the same plan, the new time follows the time you have.',
      },
      {
        question: 'How do I cancel a subscription?',
        answer: `${cancelling(facts)} It then runs until the end of the time you paid for, and nothing more is charged. Plans that do not renew end by themselves.`,
      },
      {
        question: 'Can I get a refund?',
        answer: `If something about a payment is wrong, send /paysupport to @${facts.bot}. Payments that were taken by mistake are returned to where they came from.`,
      },
      {
        question: 'Who helps me?',
        answer: `For anything else, ${helpFrom(facts)}.`,
      },
    ],
  },

  notFound: {
    heading: 'There is nothing here',
    text: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the start page',
  },

  /** In force while the owner wrote no text of their own; the form is the one owners write in. */
  terms: {
    heading: 'Terms',
    text: (facts: ShopFacts) => `# What you buy
A plan of ${facts.shopName} opens what its description names, for the time it names. Time starts when the payment arrives, or after the same plan you already have.

# Paying
Prices are shown before you pay and are final. Payments in Telegram Stars are carried out by Telegram; its own terms apply to Stars.${facts.takesCards ? ' Card payments are carried out by Stripe.' : ''} By paying you accept these terms.

# Subscriptions
A plan that renews by itself says so. You can cancel it at any time; it then runs until the end of the paid period.

# Upgrades
A higher plan starts at once. A lower plan that is running keeps running beside it and is not credited.

# Refunds and help
Send /paysupport to @${facts.bot} if something about a payment is wrong. Payments that were taken by mistake are returned. For anything else, ${helpFrom(facts)}.

# Fair use
A plan is for one person. Access that is shared or resold may be ended.`,
  },

  privacy: {
    heading: 'Privacy',
    text: (facts: ShopFacts) => `# What is kept
Your Telegram id, name, username and language as Telegram passes them on, the plans you have and the payments you made. No card data is seen or kept here${facts.takesCards ? '; card payments happen at Stripe' : ''}.

# What for
To give you what you paid for, to answer you, and to meet the duties of bookkeeping. There is no advertising, no tracking, and nothing is sold.

# Cookies
Pages of this site set no cookie until you log in; then one that keeps you logged in. Nothing is loaded from other sites.

# How long
Messages from Telegram${facts.takesCards ? ' and Stripe' : ''} about payments are deleted after 90 days${facts.takesCards ? '; of those from Stripe no name, e-mail, address or card is kept at all' : ''}. Records of payments stay as long as the law requires.

# Your rights
Your account page shows what you bought and deletes what is kept about you. To see or correct
more, ${helpFrom(facts)}.`,
  },
} as const
