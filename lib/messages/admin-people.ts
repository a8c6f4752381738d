import type {
  Because,
  Happening,
  Remark,
  RestoredFor,
  Taken,
  Verdict,
} from '@/lib/domain/people/schema'
import { formatMoney, type Money } from '@/lib/kit/money'
import { type Part, paymentWords, storyWords } from './admin-payment'
import { reviewReasons } from './review'

const at = (date: Date): Part => ({ at: date.toISOString() })

/** Who did it: a Telegram id, our own worker or a command. */
export const whoPart = (by: string): Part =>
  /^\d+$/.test(by) ? { link: `/admin/users/${by}`, to: `admin ${by}` } : `the ${by}`

const payment = (one: Money & { paymentId: string }): Part => ({
  link: `/admin/payments/${one.paymentId}`,
  to: formatMoney(one),
})

const days = (count: number | null) =>
  count === null ? 'for life' : count === 1 ? 'for 1 day' : `for ${count} days`

const reviews: Record<string, string> = reviewReasons

function because(one: Because | null): Part[] {
  if (!one) return ['.']
  if (one.kind === 'paid') return [': paid ', payment(one), ' on ', at(one.at), '.']
  return [': given by ', whoPart(one.by), ' on ', at(one.at), `, “${one.reason}”.`]
}

function taken(why: Taken | null): Part[] {
  if (!why) return ['.']
  if (why.kind === 'revoked') return [': the grant was revoked by ', whoPart(why.by), '.']
  const by: Part[] = why.by ? [' by ', whoPart(why.by)] : [' outside of this shop']
  return [': the payment of ', payment(why), ' was refunded on ', at(why.at), ...by, '.']
}

/** Why they have access to a family of plans, or why not. */
export function verdictParts(verdict: Verdict): Part[] {
  const { planName } = verdict
  switch (verdict.kind) {
    case 'holds': {
      if (!verdict.until) return [`Has ${planName} for life`, ...because(verdict.because)]
      const words = verdict.renews ? ' and it renews' : ''
      return [`Has ${planName} until `, at(verdict.until), words, ...because(verdict.because)]
    }
    case 'grace':
      return [
        `Still has ${planName}, in grace until `,
        at(verdict.until),
        verdict.hasFailed
          ? ': the renewal failed. It was paid until '
          : ': the renewal did not come yet. It was paid until ',
        at(verdict.endedAt),
        '.',
      ]
    case 'scheduled':
      return [
        `No access yet: ${planName} is scheduled from `,
        at(verdict.from),
        ...because(verdict.because),
      ]
    case 'ended':
      return [
        `No access: ${planName} ended on `,
        at(verdict.at),
        verdict.hasFailed ? ', after a renewal that failed. It was' : '. It was',
        ...lastBecause(verdict.because),
      ]
    case 'taken':
      return [`No access: ${planName} was taken away on `, at(verdict.at), ...taken(verdict.why)]
  }
}

function lastBecause(one: Because | null): Part[] {
  if (!one) return [' not bought again.']
  return one.kind === 'paid'
    ? [' last paid with ', payment(one), ' on ', at(one.at), '.']
    : [' last given by ', whoPart(one.by), ' on ', at(one.at), `, “${one.reason}”.`]
}

type Tried = Money & { paymentId: string; planName: string | null; reason: string }

/** What became of wanting to pay, after "Wanted to pay …". */
function attemptParts(one: Tried): Part[] {
  const plan = one.planName ? ` for ${one.planName}` : ''
  const rest: Part[] =
    one.reason === 'not_charged'
      ? storyWords.notCharged()
      : one.reason === 'unavailable'
        ? ['We said no, because the database did not answer in time. Nothing was charged.']
        : storyWords.question(one.reason)
  return [payment(one), `${plan}. `, ...rest]
}

const invoiceOf = (one: Money & { planName: string; method: string }) =>
  `${formatMoney(one)} for ${one.planName} with ${paymentWords.railName(one.method)}`

/** What else bears on their access. */
export function remarkParts(remark: Remark): Part[] {
  switch (remark.kind) {
    case 'banned':
      return ['Is banned since ', at(remark.at), ': cannot log in or buy. What was paid for stays.']
    case 'deleted':
      return [
        'Had their data deleted on ',
        at(remark.at),
        ': the names are gone, the ledger is kept.',
      ]
    case 'nothing':
      return ['Never bought anything and was never given anything.']
    case 'waits':
      return [
        'A payment of ',
        payment(remark),
        ` waits for review and gives nothing until then. ${reviews[remark.reason] ?? ''}`.trimEnd(),
      ]
    case 'left':
      return [
        'A payment of ',
        payment(remark),
        ' was left without effect by ',
        whoPart(remark.by),
        '.',
      ]
    case 'tried':
      return [
        remark.tries === 1 ? 'Tried to pay on ' : `Tried to pay ${remark.tries} times, last on `,
        at(remark.last.at),
        ': ',
        ...attemptParts(remark.last),
      ]
    case 'unpaid':
      return [
        remark.count === 1
          ? 'An invoice was made and not paid: '
          : `${remark.count} invoices were made and not paid, the newest: `,
        `${invoiceOf(remark.last)}, on `,
        at(remark.last.at),
        '.',
      ]
    case 'attempts_cut':
      return ['Only the newest 20 refused attempts and 20 unpaid invoices are told here.']
    case 'refund_asked':
      return [
        'The refund of ',
        payment(remark),
        ' was asked for by ',
        whoPart(remark.by),
        ' and is on its way: access ends when it is done.',
      ]
    case 'refund_failed':
      return [
        'The refund of ',
        payment(remark),
        ` was refused (${remark.problem}): the payment still counts.`,
      ]
  }
}

const actions: Record<string, string> = {
  ban_person: 'banned them',
  unban_person: 'lifted the ban',
  end_sessions: 'logged them out everywhere',
  message_person: 'wrote to them',
  restore_purchases: 'had their purchases looked up at Telegram',
}

const renewals = {
  renewal_canceled: 'They cancelled the renewal',
  renewal_failed: 'A renewal failed',
  renewal_stopped: 'We ended the renewal',
}

/** One line of what happened. */
export function happeningParts(one: Happening): Part[] {
  switch (one.kind) {
    case 'first_seen':
      return ['First seen here.']
    case 'deleted':
      return ['Had their data deleted.']
    case 'banned':
      return ['Was banned.']
    case 'charged': {
      const what = one.isRenewal ? 'Renewed' : 'Paid'
      const plan = one.planName ? ` for ${one.planName}` : ''
      return [`${what}: `, payment(one), `${plan}${one.isWaiting ? ', waits for review' : ''}.`]
    }
    case 'attempt':
      return ['Wanted to pay: ', ...attemptParts(one)]
    case 'unpaid':
      return [
        `An invoice was made and not paid: ${invoiceOf(one)}. It ends `,
        at(one.expiresAt),
        '.',
      ]
    case 'settled':
      return [
        { link: `/admin/payments/${one.paymentId}`, to: 'A charge in review' },
        one.counts ? ' was honoured by ' : ' was left without effect by ',
        whoPart(one.by),
        '.',
      ]
    case 'refund_asked':
      return [
        { link: `/admin/payments/${one.paymentId}`, to: 'A refund' },
        ' was asked for by ',
        whoPart(one.by),
        `: “${one.reason}”.`,
      ]
    case 'refunded':
      return ['Refunded: ', payment(one), '.']
    case 'granted':
      return [
        `${one.planName} was given ${days(one.days)} by `,
        whoPart(one.by),
        `: “${one.reason}”.`,
      ]
    case 'grant_revoked':
      return [`A grant of ${one.planName} was revoked by `, whoPart(one.by), '.']
    case 'renewal_canceled':
    case 'renewal_failed':
    case 'renewal_stopped':
      return [`${renewals[one.kind]} of ${one.planName}.`]
    case 'done': {
      const by = whoPart(one.by)
      const name = typeof by === 'string' ? `${by.charAt(0).toUpperCase()}${by.slice(1)}` : by
      const what = actions[one.action] ?? one.action.replaceAll('_', ' ')
      return [name, ` ${what}${one.reason ? `: “${one.reason}”` : ''}.`]
    }
  }
}

type Looked = Extract<RestoredFor, { status: 'done' }>
const starsLooks: Record<Looked['stars'], string> = {
  looked: 'Looked at the last two days of Stars.',
  busy: 'Stars are being compared at this moment: load this page again in a minute.',
  silent: 'Telegram did not answer, so Stars were not looked at.',
}
const cardsLooks: Record<Looked['cards'], string> = {
  looked: 'Looked at four days of card payments.',
  silent: 'Stripe did not answer, so card payments were not looked at.',
  off: 'This shop takes no cards through Stripe.',
}

const reachability: Record<string, string> = {
  yes: 'Yes',
  unknown: 'Not tried yet',
  never_started: 'No: has never started the bot',
  blocked: 'No: has blocked the bot',
}

export const peopleWords = {
  title: 'People',
  text: 'Everybody who ever came, newest first.',
  search: 'Telegram id, username, or beginning of the first or last name',
  find: 'Find',
  show: 'Show',
  shows: { all: 'Everybody', banned: 'Banned', unreachable: 'Not reachable' },
  caption: 'People',
  columns: {
    person: 'Person',
    id: 'Telegram id',
    reachable: 'Reachable',
    since: 'Since',
  },
  nobody:
    'Nobody fits. First name, last name and username are searched by their beginning, a Telegram id in full.',
  empty: 'Nobody came yet.',
  cut: 'Only the first 50 are shown. Write more of the name.',
  nameless: 'No name',
  gone: 'Data deleted',
  banned: 'Banned',
  reachable: (state: string) => reachability[state] ?? state,

  why: { heading: 'Why they have access, or not' },
  facts: {
    heading: 'Facts',
    names: 'Name',
    username: 'Username',
    id: 'Telegram id',
    reachable: 'Reachable by the bot',
    language: 'Language',
    stripe: 'Stripe customer',
    since: 'Here since',
    banned: 'Banned since',
    deleted: 'Data deleted',
  },
  held: {
    heading: 'Plans',
    text: 'A plan that was paid for ends by refunding its payment. Only grants can be revoked.',
    none: 'They never had a plan.',
    plan: 'Plan',
    status: 'Status',
    from: 'From',
    until: 'Until',
    source: 'From whom',
    renews: 'Renews',
    life: 'For life',
    yes: 'Yes',
    no: 'No',
    sources: {
      stars: 'Telegram Stars',
      telegram: 'A card through Telegram',
      stripe: 'A card through Stripe',
      grant: 'Given by hand',
    } as Record<string, string>,
  },
  payments: {
    heading: 'Payments',
    none: 'They never paid anything.',
    all: 'All payments of this person',
    amount: 'Amount',
    plan: 'Plan',
    status: 'Status',
    at: 'Charged',
    statuses: paymentWords.statuses,
    left: paymentWords.left,
  },
  subscriptions: {
    heading: 'Subscriptions',
    none: 'They have no subscription.',
    plan: 'Plan',
    state: 'State',
    rail: 'Paid with',
    since: 'Since',
    states: paymentWords.subscription,
    railName: paymentWords.railName,
  },
  grants: {
    heading: 'Given by hand',
    none: 'Nothing was given by hand.',
    plan: 'Plan',
    days: 'For',
    by: 'By',
    reason: 'Reason',
    at: 'On',
    act: 'Revoke',
    lasts: (count: number | null) => days(count).replace('for ', ''),
    revoked: 'Revoked ',
  },
  timeline: { heading: 'What happened', text: 'Newest first.' },

  help: {
    heading: 'Do something',
    viewer: 'Your role may look, but not change anything.',
    grant: {
      label: 'Grant a plan…',
      heading: 'Grant a plan',
      text: 'From now, or after what they have of the same or a higher tier. They are not told by itself.',
      plan: 'Plan',
      choose: 'Choose a plan',
      days: 'Days',
      life: 'For life',
      confirm: 'Grant',
      done: 'Granted.',
    },
    extend: {
      label: 'Extend…',
      heading: 'Add days to a plan',
      text: 'The days are added to the end. While a subscription renews, each renewal covers the same time again, so added days count once it stops.',
      confirm: 'Add the days',
      done: 'Extended.',
    },
    revoke: {
      label: 'Revoke…',
      heading: (planName: string) => `Revoke this grant of ${planName}?`,
      text: 'What it gave is taken away, and nothing else. What was bought on top of it moves to an earlier date.',
      confirm: 'Revoke',
      done: 'Revoked.',
    },
    message: {
      label: 'Write to them…',
      heading: 'Write to this person',
      text: 'The bot sends it as plain text. What you write is kept in the audit log.',
      field: 'Message',
      confirm: 'Send',
      done: 'On its way.',
      unreachable: {
        blocked: 'They have blocked the bot, so it cannot write to them.',
        never_started: 'They have never started the bot, so it cannot write to them.',
      } as Record<string, string>,
      unknown: 'Whether the bot can reach them is not known yet.',
    },
    restore: {
      label: 'Restore purchases…',
      heading: 'Look for their purchases?',
      text: 'Compares the last two days of Telegram’s list of Stars and, where cards are taken, the last four days of Stripe’s events with what we know, and works out anew what they have. Nothing is lost by it.',
      confirm: 'Look',
      found: (one: Extract<RestoredFor, { status: 'done' }>) =>
        [
          one.restored === 0 ? 'Nothing was missing.' : `Restored ${one.restored}.`,
          starsLooks[one.stars],
          cardsLooks[one.cards],
          'What they have was worked out anew.',
        ].join(' '),
      running: 'It takes longer than usual and goes on. Load this page again in a minute.',
    },
    sessions: {
      label: 'Log out everywhere…',
      heading: 'Log them out of all browsers?',
      text: 'They can log in again. The Mini App in Telegram goes on.',
      confirm: 'Log out',
      done: 'Logged out.',
    },
    ban: {
      label: 'Ban…',
      heading: 'Ban this person?',
      text: 'They are logged out and cannot log in or buy any more; their open pages for paying by card are closed. What they paid for stays; a subscription goes on until it is cancelled or refunded.',
      confirm: 'Ban',
      done: 'Banned.',
    },
    unban: {
      label: 'Lift the ban…',
      heading: 'Lift the ban?',
      text: 'They can log in and buy again.',
      confirm: 'Lift the ban',
      done: 'The ban is lifted.',
    },
  },
}
