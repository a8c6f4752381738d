/** Titles and advice of API errors, for the developer who reads them. */
export const problemTitles = {
  unauthorized: {
    title: 'Not logged in',
    help: 'Send `Authorization: tma <raw init data>` of this bot.',
  },
  init_data_expired: {
    title: 'Init data too old',
    help: 'Open the Mini App again and send its new init data.',
  },
  forbidden_origin: { title: 'Wrong origin', help: 'Send this request from our own pages.' },
  forbidden: { title: 'Not allowed', help: 'Your role in this shop does not allow it.' },
  not_found: { title: 'Not found', help: 'There is nothing here for you.' },
  unknown_plan: { title: 'Unknown plan', help: 'Choose a plan that is on sale.' },
  already_entitled: {
    title: 'Already entitled',
    help: 'The person has this plan or a higher one already.',
  },
  conflict: { title: 'Conflict', help: 'The thing is not in a state for this.' },
  invalid_request: { title: 'Invalid request', help: 'The body does not have the expected shape.' },
  rate_limited: { title: 'Too many attempts', help: 'Wait and try again.' },
  telegram_unavailable: {
    title: 'Telegram unavailable',
    help: 'Telegram did not answer as expected. Try again in a moment.',
  },
  stripe_unavailable: {
    title: 'Stripe unavailable',
    help: 'Stripe did not answer as expected. Try again in a moment.',
  },
  database_unavailable: { title: 'Database unavailable', help: 'Try again in a moment.' },
  internal_error: { title: 'Internal error', help: 'Something failed on our side. Try again.' },
}
