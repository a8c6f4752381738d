/** What a person reads about the end of a plan and a renewal that failed. Moments are in UTC. */

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' })

const day = (at: Date) => dayFormat.format(at)
const moment = (at: Date) => `${day(at)}, ${timeFormat.format(at)} UTC`

export const reminderMessages = {
  beforeEnd: (planName: string, endsAt: Date) => `${planName} ends on ${moment(endsAt)}.`,
  extendHint: 'If you extend it now, the new days are added to its end.',
  extend: 'Extend',
  ended: (planName: string, endsAt: Date) => `${planName} ended on ${moment(endsAt)}.`,
  buyAgainHint: 'You can buy it again whenever you like.',
  buyAgain: 'Buy again',
  openPlans: 'See the plans',
  openAccount: 'My plans',

  renewalFailed: {
    stars: (planName: string, worksUntil: Date | null) =>
      [
        `${planName} could not be renewed: there were not enough Stars.`,
        ...worksUntilText(worksUntil),
        'Top up your Stars to keep it; Telegram tries again.',
      ].join(' '),
    // Without a way to the card: inside Telegram nothing may lead to paying elsewhere.
    stripe: (planName: string, worksUntil: Date | null) =>
      [
        `${planName} could not be renewed: your card could not be charged.`,
        ...worksUntilText(worksUntil),
        'The card is tried again in the next days; there may be too little on it, or your bank may have to allow the charge.',
      ].join(' '),
  },
  renewalFailedEnded: {
    stars: (planName: string) =>
      `${planName} could not be renewed, because there were not enough Stars, and has ended. Top up your Stars to have it back if Telegram tries again, or buy it anew with /buy.`,
    // Who bought anew would pay twice if the card can be charged later.
    stripe: (planName: string) =>
      `${planName} could not be renewed, because your card could not be charged, and has ended. If a later try succeeds, you have it back. /account shows how it stands.`,
  },
}

const worksUntilText = (worksUntil: Date | null) =>
  worksUntil ? [`It works until ${moment(worksUntil)}.`] : []
