/** Every sentence of the pages for ordinary browsers. */
export const webMessages = {
  product: 'Starpass',
  description: 'Plans in Telegram: buy with Stars, use them in the bot, the Mini App and the web.',

  home: {
    heading: 'Your plans live in Telegram',
    intro: (bot: string) =>
      `@${bot} sells plans and keeps them: choose one, pay with Telegram Stars, and everything it includes opens at once.`,
    open: 'Open the bot in Telegram',
    steps: [
      {
        title: 'Choose',
        text: 'Open the bot and tap its menu button to see every plan and its price.',
      },
      { title: 'Pay', text: 'Telegram asks you to confirm. No card number and no new account.' },
      { title: 'Use it', text: 'Your pass works in the bot, in the Mini App and here on the web.' },
    ],
  },

  footer: { terms: 'Terms', privacy: 'Privacy', home: 'Home' },

  notFound: {
    heading: 'There is nothing here',
    text: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the start page',
  },

  error: {
    heading: 'That did not work',
    text: 'Something went wrong on our side. No payment is lost by this.',
    retry: 'Try again',
  },

  terms: {
    heading: 'Terms',
    sections: [
      {
        title: 'What you buy',
        text: 'A plan opens what its description names, for the time it names. Time starts when the payment arrives, or after the plan you already have.',
      },
      {
        title: 'Paying',
        text: 'Prices are in Telegram Stars and are shown before you pay. Telegram carries out the payment; its own terms apply to Stars.',
      },
      {
        title: 'Subscriptions',
        text: 'A plan that renews by itself says so. You can cancel it at any time; it then runs until the end of the paid period.',
      },
      {
        title: 'Refunds and help',
        text: 'Write /paysupport to the bot if something about a payment is wrong. Payments that were taken by mistake are returned.',
      },
      {
        title: 'Fair use',
        text: 'A plan is for one person. Access that is shared or resold may be ended.',
      },
    ],
  },

  privacy: {
    heading: 'Privacy',
    sections: [
      {
        title: 'What is kept',
        text: 'Your Telegram id, name, username and language as Telegram passes them on, the plans you have and the payments you made. No card data is seen or kept here.',
      },
      {
        title: 'What for',
        text: 'To give you what you paid for, to answer you, and to meet the duties of bookkeeping. There is no advertising, no tracking, and nothing is sold.',
      },
      {
        title: 'How long',
        text: 'Messages from Telegram are deleted after 90 days. Records of payments stay as long as the law requires.',
      },
      {
        title: 'Your rights',
        text: 'Write /support to the bot to see, correct or delete what is kept about you.',
      },
    ],
  },
} as const
