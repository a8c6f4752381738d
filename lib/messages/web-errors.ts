/** What a failed page says. Apart from the other sentences, because browsers load these. */
export const webErrorMessages = {
  heading: 'That did not work',
  text: 'Something went wrong on our side. No payment is lost by this.',
  retry: 'Try again',
} as const
