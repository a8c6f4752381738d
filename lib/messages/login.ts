/** Every sentence of the login, in the browser and in the bot. */

type Who = { firstName: string; username: string | null; telegramUserId: number }

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
})

export const loginBotMessages = {
  question: ({ code, browser, askedAt }: { code: string; browser: string; askedAt: Date }) =>
    [
      'Log in on our web page?',
      '',
      `Code: ${code}`,
      `Browser: ${browser}`,
      `Asked: ${timeFormat.format(askedAt)} UTC`,
      '',
      'Only confirm if you opened this page yourself just now and it shows this same code. If somebody sent you here, say no: they would get into your account.',
    ].join('\n'),
  yes: 'Yes, log me in',
  no: 'No',
  outcomes: {
    confirmed:
      'Confirmed. Go back to your browser: it continues by itself. If that was not you, log out everywhere on your account page.',
    denied: 'Nobody was logged in. You need do nothing more.',
    used: 'This code was answered already. If you still want to log in, ask for a new code on the web page.',
    taken:
      'Another Telegram account answered this code. If your browser is logged in as somebody else now, press “Not you? Log out” there. Then ask for a new code, and show it to nobody.',
    contested:
      'More than one Telegram account opened this code, so it is not valid any more and logs nobody in. Ask for a new code on the web page, and show it to nobody.',
    expired:
      'This code is not valid any more: it lasts five minutes. Ask for a new one on the web page.',
    rate_limited: 'That was a little often. Please wait five minutes and ask for a new code.',
  },
}

/** What can go wrong with a login, and what to do: one page each. */
export const loginProblems = {
  access_denied: {
    heading: 'You said no in Telegram',
    text: 'Nobody was logged in. If that was a slip, try again.',
  },
  state_mismatch: {
    heading: 'This login was not started here',
    text: 'The answer from Telegram belongs to another attempt, browser or tab, so it was not used. Start again from this page. If a link from somebody else brought you here, you can close it.',
  },
  attempt_lost: {
    heading: 'This login was open too long',
    text: 'The browser no longer knows of this attempt. Start again; it must be finished within 15 minutes, in the same browser, with cookies allowed.',
  },
  grant_refused: {
    heading: 'Telegram did not accept this login',
    text: 'Its one-time code was used before, is too old, or was made for another browser. Start again.',
  },
  wrong_issuer: {
    heading: 'This answer is not from Telegram',
    text: 'It names another sender, so it was not used. Start again. If this repeats, log in by the bot instead.',
  },
  wrong_audience: {
    heading: 'This answer was made for another bot',
    text: 'It cannot be used here. Start again from this page. If this repeats, log in by the bot instead.',
  },
  wrong_algorithm: {
    heading: 'This answer is signed in a way we do not accept',
    text: 'It was not used. Log in by the bot instead. The owner can set the algorithm to RS256 in @BotFather.',
  },
  wrong_signature: {
    heading: 'The signature of this answer does not fit',
    text: 'It was not used. Start again. If this repeats, log in by the bot instead.',
  },
  token_expired: {
    heading: 'This answer from Telegram is too old',
    text: 'It was not used. Start again.',
  },
  no_person: {
    heading: 'Telegram did not say who you are',
    text: 'Start again. If this repeats, log in by the bot instead.',
  },
  misconfigured: {
    heading: 'This login is not set up correctly',
    text: 'That is for the owner of this shop to mend. Log in by the bot instead.',
  },
  telegram_unavailable: {
    heading: 'Telegram does not answer just now',
    text: 'Try again in a moment, or log in by the bot instead.',
  },
  not_confirmed: {
    heading: 'This login is not confirmed',
    text: 'It was used already, is too old, or belongs to another browser. Ask for a new code.',
  },
  another_person: {
    heading: 'Somebody else is logged in here',
    text: 'This browser belongs to another account already, so nothing was changed. Log out first, then log in again.',
  },
  banned: {
    heading: 'This account cannot log in',
    text: 'Write /support to the bot if you think that this is a mistake.',
  },
  not_you: {
    heading: 'You are logged out here',
    text: 'That login was of another Telegram account, so nothing of it is left in this browser. Start again, show your code to nobody, and confirm it with your own account.',
  },
  rate_limited: {
    heading: 'That was a little often',
    text: 'Please wait five minutes and try again.',
  },
  forbidden_origin: {
    heading: 'This login was not started here',
    text: 'Another page asked for it, or the page was open too long. Start again from this page.',
  },
  failed: {
    heading: 'The login did not work',
    text: 'Nobody was logged in. Start again.',
  },
} as const satisfies Record<string, { heading: string; text: string }>

export type LoginProblem = keyof typeof loginProblems

export const loginMessages = {
  title: 'Log in',
  heading: 'Log in with Telegram',
  intro: 'You need no password and no e-mail: your Telegram account is your account here.',
  withTelegram: 'Log in with Telegram',
  withBot: 'Confirm in the bot',
  withBotOnly: 'Log in with the bot',
  withBotHint: 'The bot asks you to confirm. This works on any device that has your Telegram.',
  or: 'or',
  working: 'One moment …',
  notStarted: 'Telegram could not be reached. Please try again, or log in by the bot.',

  waiting: {
    heading: 'Confirm in Telegram',
    text: (bot: string) => `Open @${bot}, check that it shows this code, and confirm.`,
    codeLabel: 'Your code',
    open: 'Open Telegram',
    qrLabel: 'Code to scan with your phone',
    scan: 'Or scan this with the camera of your phone.',
    status: 'Waiting for your yes in Telegram …',
    validFor: (minutes: number) =>
      minutes > 1
        ? `The code is valid for ${minutes} more minutes.`
        : 'The code is valid for one more minute.',
    finishing: 'Confirmed. Logging you in …',
    offline: 'No connection just now. This page keeps trying.',
  },
  expired: {
    heading: 'This code has expired',
    text: 'A code lasts five minutes. Nobody was logged in.',
  },
  denied: {
    heading: 'You said no in Telegram',
    text: 'Nobody was logged in. If it was not you who asked, there is nothing more to do.',
  },
  contested: {
    heading: 'Another Telegram account opened this code',
    text: 'To be safe the code was thrown away, and nobody was logged in. Get a new one, show it to nobody, and open it with one account only: the one you want to log in with.',
  },
  newCode: 'Get a new code',

  /** Anybody may take anybody's first name; a username has one owner. */
  whoIs: ({ firstName, username, telegramUserId }: Who) =>
    [firstName, username ? `(@${username})` : ''].filter(Boolean).join(' ') ||
    `Telegram id ${telegramUserId}`,
  /** Stands on every page for a while after a login. */
  justNow: {
    loggedInAs: 'You are logged in as ',
    notYou: 'Not you? Log out',
  },

  already: {
    heading: (name: string) => `You are logged in as ${name}`,
    text: 'Your plans and payments are on your account page.',
    account: 'Go to my account',
    logOut: 'Log out',
    logOutEverywhere: 'Log out on all devices',
  },
} as const
