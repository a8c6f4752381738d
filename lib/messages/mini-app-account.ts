import { formatDate } from './mini-app'

/** The sentences that only the account of the Mini App needs: the shop does not load them. */
export const accountMessages = {
  endsOn: (end: string) => `Ends on ${formatDate(end)}, does not renew`,
  graceSince: (end: string) =>
    `It was to renew on ${formatDate(end)}. Telegram tries again: see that you have enough Stars.`,

  renewal: {
    cancel: 'Cancel renewal',
    resume: 'Resume renewal',
    sure: (name: string, end: string | null) =>
      `Cancel the renewal of ${name}? It stays yours${end ? ` until ${formatDate(end)}` : ''} and ends then.`,
    sureMore:
      'Once cancelled here, Telegram’s settings alone cannot switch it on again: you would have to come back and resume it first.',
    yes: 'Yes, cancel it',
    keep: 'Keep it',
    cancelled: (end: string | null) =>
      `The renewal is cancelled. The plan stays yours${end ? ` until ${formatDate(end)}` : ''}.`,
    resumed: (name: string) =>
      `One step is left, and only you can do it: in Telegram open Settings → My Stars, choose ${name} and renew it. As soon as it is on there, it renews by itself again.`,
    close: 'Close this page',
  },

  restore: {
    heading: 'Something missing?',
    text: 'If you paid for a plan that is not here, we look for it in Telegram’s own list.',
    button: 'Restore purchases',
    searching: 'Looking through Telegram’s list…',
    done: (restored: number) =>
      restored === 0
        ? 'Nothing is missing: everything that Telegram knows you paid for is here.'
        : restored === 1
          ? 'One payment was missing. It is here now.'
          : `${restored} payments were missing. They are here now.`,
    running: 'This takes longer than usual. What is found appears here by itself.',
  },

  problem: {
    reopen:
      'For your safety this needs a freshly opened page. Close this one and open it again from the bot.',
    conflict: 'This had changed in the meantime. Now you see how it stands.',
    notFound: 'This can only be changed in Telegram at the moment: Settings → My Stars.',
    telegramUnavailable:
      'Telegram does not answer at the moment. Nothing was changed; try again soon.',
    internal: 'Something went wrong on our side. Nothing was changed; please try again.',
  },
} as const
