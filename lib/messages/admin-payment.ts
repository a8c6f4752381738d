import type { RefusedReason } from '@/lib/domain/payments/schema'
import { formatMoney, type Money } from '@/lib/kit/money'
import { findingWords } from './findings'
import { reviewReasons } from './review'

/** A piece of a sentence: words, a moment (ISO 8601) or a link. */
export type Part = string | { at: string } | { link: string; to: string }

const rails: Record<string, string> = {
  stars: 'Telegram Stars',
  telegram: 'a card through Telegram',
  stripe: 'a card through Stripe',
}
const railName = (rail: string) => rails[rail] ?? rail

const days = (count: number | null) =>
  count === null ? 'for life' : count === 1 ? '1 day' : `${count} days`

/** Who did it: a Telegram id, our own worker or a command. */
const who = (by: string): Part =>
  /^\d+$/.test(by) ? { link: `/admin/users/${by}`, to: `admin ${by}` } : `the ${by}`

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** At the beginning of a sentence. */
function capitalised(part: Part): Part {
  if (typeof part === 'string') return capital(part)
  return 'to' in part ? { ...part, to: capital(part.to) } : part
}

/** Why a question was refused, in an admin's words. */
const refusedReasons: Record<RefusedReason, string> = {
  malformed_payload: 'its payload was not one of ours',
  unknown_invoice: 'there is no such invoice',
  plan_mismatch: 'the plan was not the invoice’s',
  wrong_user: 'somebody else wanted to pay this invoice',
  currency_mismatch: 'the currency was not the invoice’s',
  amount_mismatch: 'the amount was not the invoice’s',
  plan_unavailable: 'the plan was not on sale any more',
  price_changed: 'the price had changed since the invoice was made',
  already_paid: 'the invoice was paid already',
  already_entitled: 'the person had this plan or a higher one',
  invoice_expired: 'the invoice had expired',
  banned: 'the person is banned',
}
const refusals: Record<string, string> = refusedReasons

const reviews: Record<string, string> = reviewReasons
const findings: Record<string, { title: string; advice: string }> = findingWords

const actions: Record<string, string> = {
  request_refund: 'asked for a refund',
  mark_refunded: 'noted a refund made at the card’s provider',
  honour_payment: 'honoured the charge',
  replay_payment: 'had the charge judged again, and it fitted',
  leave_payment: 'left the charge as it is, without effect',
  replay_update: 'had the update handled again',
  dismiss_update: 'put the update aside',
  resolve_finding: 'marked the finding as settled',
}

const tellers: Record<string, string> = {
  update: 'Telegram told us at once.',
  list: 'No update told of it: it was found in Telegram’s list of transactions.',
  refund: 'It became known through its refund.',
  stripe: 'Stripe told us.',
}

/** The story of one payment, a sentence per happening. */
export const storyWords = {
  invoice: (one: Money & { method: string; planName: string; days: number | null }): Part[] => [
    `An invoice was made: ${one.planName} (${days(one.days)}), ${formatMoney(one)}, to be paid with ${railName(one.method)}.`,
  ],
  question: (refused: string | null): Part[] =>
    refused
      ? [
          `Telegram asked whether it may be paid. We said no: ${refusals[refused] ?? refused}. Nothing was charged.`,
        ]
      : ['Telegram asked whether it may be paid. We said yes.'],
  otherQuestion: (id: string, refused: string | null): Part[] => [
    'Another try to pay it: ',
    { link: `/admin/payments/${id}`, to: refused ? 'we said no' : 'we said yes' },
    refused
      ? `, because ${refusals[refused] ?? refused}. Nothing was charged by that.`
      : '. It is a row of its own.',
  ],
  notCharged: (): Part[] => ['No charge followed: the person did not finish the payment.'],
  charge: (one: Money & { provider: string; toldBy: string; period: string }): Part[] => [
    one.period === 'renewal'
      ? `Another period was charged: ${formatMoney(one)} with ${railName(one.provider)}. `
      : `The person paid ${formatMoney(one)} with ${railName(one.provider)}. `,
    tellers[one.toldBy] ?? '',
  ],
  otherCharge: (one: Money & { id: string; period: string; status: string }): Part[] => [
    one.period === 'renewal'
      ? 'The subscription was charged again: '
      : 'Another charge with the same payload: ',
    { link: `/admin/payments/${one.id}`, to: formatMoney(one) },
    `, ${paymentWords.statuses[one.status] ?? one.status}.`,
  ],
  otherPayer: (telegramUserId: number): Part[] => [
    ' Paid by ',
    { link: `/admin/users/${telegramUserId}`, to: String(telegramUserId) },
    '.',
  ],
  review: (reason: string): Part[] => [
    `It did not fit and was kept for a person to decide. ${reviews[reason] ?? reason} Nothing was given for it.`,
  ],
  paidTwice: (): Part[] => [
    'Its invoice had been paid before. The money counted all the same, and the admins were told.',
  ],
  refundFirst: (): Part[] => [
    'We heard of the refund and never of the charge itself. Nothing was given for it.',
  ],
  given: (one: { planName: string; days: number | null; endsAt: string | null }): Part[] =>
    one.endsAt
      ? [`${one.planName} was given, paid until `, { at: one.endsAt }, '.']
      : [`${one.planName} was given: ${days(one.days)}.`],
  settled: (by: string, isHonoured: boolean): Part[] => [
    'Settled by ',
    who(by),
    isHonoured ? ': it counts.' : ': left as it is, without effect.',
  ],
  refundRequested: (by: string, reason: string): Part[] => [
    'A refund was asked for by ',
    who(by),
    `: “${reason}”.`,
  ],
  refundFailed: (problem: string): Part[] => [
    `The refund was refused: ${problem}. The money did not go back, and nothing was taken away.`,
  ],
  refunded: (): Part[] => [
    'The money went back, and what exactly this charge had given was taken away.',
  ],
  finding: (kind: string, isOpen: boolean): Part[] => {
    const { title, advice } = findings[kind] ?? { title: kind, advice: '' }
    return [isOpen ? `Found: ${title}. ${advice}` : `Found: ${title}.`]
  },
  findingResolved: (kind: string, by: string): Part[] => [
    `Settled by `,
    who(by),
    `: ${findings[kind]?.title ?? kind}.`,
  ],
  audit: (one: {
    action: string
    by: string
    from: string | null
    reason: string | null
  }): Part[] => {
    const because = one.reason ? `: “${one.reason}”` : ''
    const from = one.from ? ` (from ${one.from})` : ''
    const what = actions[one.action] ?? one.action.replaceAll('_', ' ')
    return [capitalised(who(one.by)), ` ${what}${because}.${from}`]
  },
}

/** What to do about a refusal of Telegram or Stripe. */
const refundAdvice: Record<string, string> = {
  BALANCE_TOO_LOW:
    'Telegram pays refunds from the bot’s Star balance, and it is too low. Wait for new sales or top it up in @BotFather, then ask for the refund again.',
  CHARGE_NOT_FOUND:
    'Telegram does not know this charge for this person. Compare its id with Telegram’s list; it may belong to another bot or environment.',
  charge_disputed: 'The buyer disputes this charge at their bank. Answer the dispute at Stripe.',
  insufficient_funds: 'The balance at Stripe is too low. Top it up there, then ask again.',
}

const taskNames: Record<string, string> = {
  tell_buyer: 'The message to the buyer about this charge',
  tell_refund: 'The message to the buyer about the refund',
  tell_admins: 'The message to the admins',
  refund_charge: 'The refund itself',
  stop_subscription: 'The end of the renewal',
  expire_checkouts: 'Closing open card pages of the buyer',
  expire_banned_checkouts: 'Closing open card pages of the banned buyer',
  judge_again: 'Another look by the rules, after a refund',
  compare_now: 'The comparison with Telegram’s list',
}

export const paymentWords = {
  title: 'Payment',
  heading: (money: Money, planName: string | null) =>
    planName ? `${formatMoney(money)} for ${planName}` : formatMoney(money),
  questionText: 'A question whether something may be paid, not money.',
  statuses: {
    pending: 'waiting for the charge',
    completed: 'completed',
    failed: 'not charged',
    refunded: 'refunded',
    review: 'in review',
  } as Record<string, string>,
  left: 'left without effect',
  facts: {
    heading: 'Facts',
    status: 'Status',
    amount: 'Amount',
    person: 'Person',
    plan: 'Plan',
    noPlan: 'No plan we know',
    rail: 'Paid with',
    charged: 'Charged',
    id: 'Payment id',
    charge: 'Charge id',
    providerCharge: 'Id at the provider',
    invoice: 'Invoice',
    noInvoice: 'It belongs to no invoice of ours',
    payload: 'Payload',
    subscription: 'Subscription',
    entitlement: 'What the person has now',
  },
  railName,
  invoiceStates: {
    open: 'Open: it can still be paid until ',
    expired: 'Never paid; it expired ',
    paid: 'Paid',
    review: 'Its payment was kept for review',
  },
  withLink: ' by its link',
  subscription: {
    stopped: 'Ended by us',
    active: 'Runs',
    canceled: 'Cancelled by the person',
    failed: 'The last renewal failed',
  } as Record<string, string>,
  entitlement: {
    revoked: (planName: string): Part[] => [`${planName}: nothing any more`],
    life: (planName: string): Part[] => [`${planName} for life`],
    until: (planName: string, expiresAt: string, renews: boolean): Part[] => [
      `${planName} ${renews ? 'renews' : 'until'} `,
      { at: expiresAt },
    ],
  },
  unreachable: {
    blocked: 'Has blocked the bot: messages do not arrive.',
    never_started: 'Has never started the bot: messages do not arrive.',
  } as Record<string, string>,
  banned: 'Banned',

  story: {
    heading: 'What happened',
    text: 'In order of time.',
    /** What else there is than the newest so many. */
    more: {
      siblings: (shown: number): string =>
        `More was tried or charged with the same payload: only the newest ${shown} stand here. `,
      audit: (shown: number): string =>
        `More was done by admins: only the newest ${shown} entries stand here. `,
    },
    allSiblings: 'All with this payload',
    allAudit: 'The audit log of this payment',
  },
  viewerStory: 'The audit log is for owners and support.',

  jobs: {
    heading: 'Still to be done',
    none: 'Nothing about this payment waits in the queue. Its messages went out, or could not be delivered.',
    name: (task: string) => taskNames[task] ?? task.replaceAll('_', ' '),
    running: 'runs right now',
    waits: (attempts: number): Part[] => [
      attempts === 0 ? 'is due ' : `failed ${attempts} times and is tried again `,
    ],
    givenUp: 'was given up. Try it again on the health page.',
    health: 'Health',
  },

  listed: {
    heading: 'Telegram’s list',
    none: 'Telegram’s list of Star transactions did not have it when it was last read.',
    never: 'Telegram’s list was not read yet.',
    readAt: 'Last read ',
    in: (price: number, payer: number | null) =>
      `Lists the charge: ${formatMoney({ amount: price, currency: 'XTR' })}${payer ? ` from ${payer}` : ''}, `,
    out: (price: number) =>
      `Lists the refund: ${formatMoney({ amount: price, currency: 'XTR' })} sent back, `,
    commission: (amount: number) => ` An affiliate got ${amount} of it.`,
    same: ' As in our ledger.',
    differs: ' That is not what our ledger says.',
  },

  order: {
    heading: 'What the buyer filled in',
    text: 'Personal. Kept for 30 days after the charge; seen by owners and support only.',
    hidden: 'The buyer filled in a name or an address. Your role does not show it.',
  },

  raw: {
    heading: 'Word for word',
    text: 'Telegram’s updates as they came, without what the buyer filled in. Of Stripe’s events nothing personal is kept: ids, amounts and states.',
    none: 'No update or event of this charge is kept.',
    more: (shown: number) => `There are more: these are the newest ${shown}.`,
    hidden: 'Your role does not show what Telegram sent word for word.',
    states: {
      handled: 'handled',
      stored: 'kept for later',
      review: 'waits for a person',
      dismissed: 'put aside',
      ignored: 'nothing of ours',
    } as Record<string, string>,
  },

  refund: {
    heading: 'Refund',
    button: 'Refund…',
    again: 'Ask for the refund again…',
    dialog: (money: Money) => `Refund ${formatMoney(money)}?`,
    confirm: (money: Money) => `Refund ${formatMoney(money)}`,
    check: (money: Money) => `Yes, send ${formatMoney(money)} back for good.`,
    done: 'Asked for. The worker sends it back.',
    onItsWay:
      'The refund was asked for and is on its way. This page follows it; the person is told when it is done.',
    slow: 'This takes longer than usual. See “Still to be done” below.',
    failed: (problem: string) =>
      `The last try was refused: ${problem}. ${refundAdvice[problem] ?? 'Look at what was answered. If the charge is right, ask for the refund again.'}`,
    mark: {
      button: 'Mark as refunded…',
      text: 'Telegram cannot refund a card: send the money back at the card’s provider first. Then mark it here, and access ends as with any refund.',
      dialog: (money: Money) => `Mark ${formatMoney(money)} as refunded?`,
      confirm: 'Mark as refunded',
      check: (money: Money) => `Yes, ${formatMoney(money)} went back at the provider.`,
      done: 'Marked as refunded.',
    },
    loses: 'What the person loses',
    losesNothing: 'The person loses no access by this.',
    change: {
      ends: (planName: string): Part[] => [`${planName}: all of it ends at once.`],
      over: (planName: string, before: string | null): Part[] => [
        before === null ? `${planName}: now for life` : `${planName}: now until `,
        ...(before === null ? [] : [{ at: before }]),
        '. What the rest gave is used up, so access ends at once.',
      ],
      shorter: (planName: string, before: string | null, after: string | null): Part[] => [
        `${planName}: `,
        before === null ? 'now for life' : 'now until ',
        ...(before === null ? [] : [{ at: before }]),
        ', then ',
        after === null ? 'for life' : 'until ',
        ...(after === null ? [] : [{ at: after }]),
        '.',
      ],
      starts: (planName: string, after: string | null): Part[] =>
        after === null
          ? [`${planName}: for life, which another charge gives.`]
          : [`${planName}: until `, { at: after }, ', which another charge gives.'],
      renewal: (planName: string): Part[] => [`${planName}: keeps its end and renews no more.`],
    },
    endsRenewal: 'The subscription is ended too: it will not be charged again.',
    balance: (amount: number, needed: number) =>
      amount >= needed
        ? `The bot has ${formatMoney({ amount, currency: 'XTR' })}, enough for this.`
        : `The bot has only ${formatMoney({ amount, currency: 'XTR' })}: Telegram will refuse until there are more.`,
    noBalance: 'Telegram does not say at the moment how many Stars the bot has.',
    askBalance: 'Asking Telegram how many Stars the bot has…',
    viewer: 'Your role may look, but not refund or settle.',
  },

  settle: {
    heading: 'This charge waits for a decision',
    text: (reason: string | null) => reviews[reason ?? ''] ?? '',
    replay: {
      button: 'Judge again…',
      dialog: 'Judge this charge by the rules again?',
      text: 'After its plan or invoice was put back, for instance. If it fits now, the person gets what they paid for. If not, nothing changes.',
      confirm: 'Judge again',
      done: 'It fitted: the person has what they paid for.',
      stays: (reason: string) => `It stays in review. ${reviews[reason] ?? reason}`,
    },
    honour: {
      button: 'Honour…',
      dialog: 'Give the payer a plan for this charge?',
      text: 'From the day of the charge, for as long as the plan lasts. The person is told.',
      plan: 'Plan',
      choose: 'Choose a plan',
      confirm: 'Give the plan',
      done: 'Done: the person has the plan and is told.',
    },
    leave: {
      button: 'Leave as it is…',
      dialog: 'Leave this charge as it is?',
      text: 'The money stays here, nothing is given for it, and it waits no longer.',
      confirm: 'Leave as it is',
      done: 'Done: it waits no longer.',
    },
  },
}
