import type { ActionResult } from '@/lib/kit/action-result'

type ProblemCode = Extract<ActionResult<unknown>, { ok: false }>['code'] | 'offline'

/** Words that all pages of the admin share. */
export const adminMessages = {
  title: 'Admin',
  skip: 'Skip to the content',
  navigation: 'Admin pages',
  toShop: 'To the shop',
  pages: {
    overview: 'Overview',
    payments: 'Payments',
    users: 'People',
    plans: 'Plans',
    health: 'Health',
    settings: 'Settings',
    audit: 'Audit log',
  },
  theme: {
    label: 'Colours',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
  },
  roles: { owner: 'Owner', support: 'Support', viewer: 'Viewer' },
  copy: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  copyFailed: 'Could not copy. Select the text instead.',
  newer: 'Newer',
  older: 'Older',
  pager: 'More of the list',
  cancel: 'Cancel',
  close: 'Close',
  reason: 'Reason',
  reasonHint: 'Kept in the audit log.',
  working: 'Working…',
  error: {
    heading: 'This page could not be shown',
    text: 'The database or Telegram may be away for a moment. Nothing was changed.',
    again: 'Try again',
  },
  notFound: {
    heading: 'There is no such page',
    text: 'The address is wrong, or your role does not reach it.',
    back: 'To the overview',
  },
  forbidden: 'Your role does not allow this. An owner can do it, or change your role.',
  problems: {
    unauthorized: 'The login is over. Log in again in another tab, then repeat this.',
    forbidden: 'Your role does not allow this.',
    forbidden_origin:
      'The browser did not say where this came from. Reload the page and try again.',
    not_found: 'This is not there any more. Reload the page to see how it stands.',
    conflict: 'This had changed in the meantime. Reload the page to see how it stands.',
    invalid_request: 'Something in the form does not fit.',
    unknown_plan: 'There is no such plan.',
    already_entitled: 'The person has this already.',
    rate_limited: 'That was often. Wait a moment.',
    telegram_unavailable: 'Telegram does not answer at the moment. Try again soon.',
    stripe_unavailable: 'Stripe does not answer at the moment. Try again soon.',
    init_data_expired: 'The login is over. Log in again.',
    internal_error: 'Something went wrong here. It is in the log. Try again.',
    offline: 'No connection. Nothing was lost: try again when it is back.',
  } satisfies Record<ProblemCode, string>,
}
