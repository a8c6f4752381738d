import type { RefusedReason, ReviewReason } from '@/lib/domain/payments/schema'
import type { RefusalCode } from '@/lib/kit/errors'
import { formatMoney, type Money } from '@/lib/kit/money'

/** Every sentence the bot writes. Plain text; dates are days in UTC. */

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const day = (at: Date) => dayFormat.format(at)

type Span = { startsAt: Date; expiresAt: Date | null }

/** What a plan costs, with how often where it renews by itself. */
const cost = (price: Money, everyDays: number | null) =>
  everyDays === null ? formatMoney(price) : `${formatMoney(price)} every ${everyDays} days`

const onDay = ({ expiresAt }: Span) => (expiresAt ? ` on ${day(expiresAt)}` : '')

const until = ({ expiresAt }: Span) => (expiresAt ? `until ${day(expiresAt)}` : 'for life')

export const commandDescriptions = [
  { command: 'buy', description: 'Choose a plan and pay' },
  { command: 'account', description: 'Your plans and payments' },
  { command: 'terms', description: 'Terms of sale' },
  { command: 'support', description: 'Get help' },
  { command: 'paysupport', description: 'Help with a payment' },
]

export const menuButtonText = 'Plans'

export const botMessages = {
  welcome: (firstName: string) =>
    `Hello${firstName ? `, ${firstName}` : ''}! Here you can buy a plan with Telegram Stars and see what you have.`,
  openPlans: 'See the plans',
  openAccount: 'My plans',
  inGroup: 'I only sell in private. Tap below to talk to me there.',
  openPrivateChat: 'Open the private chat',
  fallback:
    'I understand /buy, /account, /support and /paysupport. The menu button shows the plans.',

  choosePlan: 'Which plan would you like?',
  noPlans: 'Nothing is on sale at the moment. Please come back later.',
  planButton: (name: string, price: Money, everyDays: number | null = null) =>
    `${name} · ${cost(price, everyDays)}`,
  chooseMethod: (planName: string) => `${planName}: how would you like to pay?`,
  methodButton: { stars: 'Telegram Stars', telegram: 'Card' },
  subscriptionInvoice: (planName: string, price: Money, everyDays: number) =>
    `${planName} costs ${cost(price, everyDays)}. It renews by itself until you cancel it in /account.`,
  upgrade: (planName: string, lowerName: string, isRenewing: boolean) =>
    `${planName} starts as soon as it is paid. ${lowerName} keeps running beside it and is not credited.${
      isRenewing ? ` Its renewal will be cancelled, so that you do not pay for both.` : ''
    }`,
  payButton: (price: Money) => `Pay ${formatMoney(price)}`,

  refusals: {
    rate_limited: (seconds: number) =>
      `That was a little fast. Please try again in ${seconds} seconds.`,
    unknown_plan: 'This plan is not on sale any more. /buy shows what is.',
    already_entitled: 'You already have this plan or a better one. /account shows it.',
    telegram_unavailable: 'Telegram did not make the invoice. Please try again in a moment.',
    other: 'That did not work. Please try again in a moment.',
  },

  account: {
    empty: 'You have no plan yet. /buy shows what there is.',
    heading: 'Your plans',
    active: (name: string, span: Span) => `• ${name}: active ${until(span)}`,
    renewing: (name: string, { expiresAt }: Span) =>
      `• ${name}: active, renews on ${expiresAt ? day(expiresAt) : ''}`,
    grace: {
      stars: (name: string, span: Span) =>
        `• ${name}: was to renew${onDay(span)}; please check your Stars`,
      // A card is charged about an hour after the end, so this is no failure yet.
      stripe: (name: string, span: Span) =>
        `• ${name}: was to renew${onDay(span)}; your card has not been charged yet`,
    },
    scheduled: (name: string, span: Span) => `• ${name}: from ${day(span.startsAt)} ${until(span)}`,
    past: (name: string, span: Span) =>
      `• ${name}: ended${span.expiresAt ? ` on ${day(span.expiresAt)}` : ''}`,
    revoked: (name: string) => `• ${name}: ended early`,
  },

  renewal: {
    cancelButton: (name: string) => `Cancel the renewal of ${name}`,
    resumeButton: (name: string) => `Resume ${name}`,
    sure: (name: string, end: Date | null) =>
      `Cancel the renewal of ${name}? It stays yours${end ? ` until ${day(end)}` : ''} and then ends.\nOnce cancelled here, it cannot be switched on again in Telegram alone: you would have to come back and press Resume first.`,
    sureButton: 'Yes, cancel the renewal',
    keepButton: 'Keep it',
    kept: (name: string) => `Nothing was changed: ${name} goes on renewing.`,
    cancelled: (name: string, end: Date | null) =>
      `The renewal of ${name} is cancelled. It stays yours${end ? ` until ${day(end)}` : ''}. To undo this press Resume in /account.`,
    resumed: (name: string, end: Date | null) =>
      `One step is left, and only you can do it: in Telegram open Settings → My Stars, choose ${name} and renew it. As soon as it is on there it renews by itself again; otherwise it ends${end ? ` on ${day(end)}` : ''}.`,
    refusals: {
      not_found: 'You have no running subscription of this plan. /account shows what you have.',
      conflict: 'That is so already. /account shows how it stands.',
      other: 'Telegram does not answer at the moment. Nothing was changed; please try again soon.',
    },
  },

  restore: {
    button: 'Something missing? Restore purchases',
    done: (restored: number) =>
      restored === 0
        ? 'Nothing is missing: we have every payment that Telegram knows of. If something is wrong all the same, write to /paysupport.'
        : `${restored === 1 ? 'One missing payment was' : `${restored} missing payments were`} found and put right. /account shows what you have now.`,
    running: 'A search is under way already. Please look at /account in a minute.',
    tooSoon: (seconds: number) =>
      `We looked a moment ago. Please try again in ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
    failed: 'Telegram does not answer at the moment. Please try again soon.',
  },

  terms: (address: string) =>
    `Paying means that you accept our terms of sale: ${address}\nA plan starts when it is paid and ends on the date shown. Questions: /support.`,
  support:
    'Write /paysupport for help with a payment. For anything else, write it here after /paysupport too: a person reads it.',
  paySupport: (payments: string[]) =>
    [
      payments.length > 0 ? 'Your last payments:' : 'We have no payment of yours yet.',
      ...payments,
      '',
      'Write what went wrong in your next message. A person reads it. Telegram itself cannot help with purchases made here.',
    ].join('\n'),
  payment: (planName: string | null, price: Money, at: Date, status: string) =>
    `• ${day(at)}: ${formatMoney(price)}, ${planName ?? 'unknown plan'}${paymentStatus[status] ?? ''}`,
  supportSent: 'Thank you. Your message is on its way to a person.',

  paid: (planName: string, price: Money, span: Span, now: Date) =>
    span.startsAt > now
      ? `Thank you! ${formatMoney(price)} received. ${planName} is yours from ${day(span.startsAt)} ${until(span)}.`
      : `Thank you! ${formatMoney(price)} received. ${planName} is active ${until(span)}.`,
  paidInReview: (price: Money) =>
    `We received your ${formatMoney(price)}, and it is being checked by a person. You will hear from us. /paysupport reaches us.`,

  refunded: (planName: string | null, price: Money) =>
    `Your payment of ${formatMoney(price)}${planName ? ` for ${planName}` : ''} was refunded. /account shows what you have now.`,

  /** Shown by Telegram in the payment sheet when a payment is refused before it is charged. */
  preCheckout: {
    malformed_payload: 'This invoice is not valid. Please start again from the plans.',
    unknown_invoice: 'This invoice is not known any more. Please start again from the plans.',
    plan_mismatch: 'This invoice is not valid. Please start again from the plans.',
    wrong_user: 'This invoice was made for somebody else. Please open the plans yourself.',
    currency_mismatch: 'The currency does not fit this invoice. Please start again.',
    amount_mismatch: 'The amount does not fit this invoice. Please start again.',
    plan_unavailable: 'This plan is not on sale any more. Please choose another.',
    price_changed: 'The price has changed since. Please start again to see the new one.',
    already_paid: 'This invoice is paid already. You were not charged again.',
    already_entitled: 'You already have this plan or a better one. You were not charged.',
    invoice_expired: 'This invoice is too old. Please start again from the plans.',
    banned: 'This account cannot buy here. Please write to /paysupport.',
    unavailable:
      'We could not check this payment just now. You were not charged. Please try again.',
  } satisfies Record<RefusedReason | 'unavailable', string>,

  admins: {
    inReview: (reason: string | null, price: Money, who: string, link: string) =>
      `A payment of ${formatMoney(price)} from ${who} needs you: ${
        reviewReasons[reason ?? ''] ?? 'it could not be matched'
      }.\n${link}`,
    paidTwice: (price: Money, who: string, link: string) =>
      `${who} paid one invoice twice (${formatMoney(price)} each). The days were added; a refund may be kinder.\n${link}`,
    support: (who: string, text: string) => `Payment support, from ${who}:\n\n${text}`,
  },
}

const paymentStatus: Record<string, string> = {
  refunded: ' (refunded)',
  review: ' (being checked)',
}

const reviewReasons: Record<string, string> = {
  unknown_payload: 'its invoice is not ours or was changed',
  wrong_payer: 'somebody else paid it than the person it was made for',
  wrong_currency: 'its currency does not fit the invoice',
  wrong_amount: 'its amount does not fit the invoice',
  adds_nothing: 'the buyer holds this for life already',
} satisfies Record<ReviewReason, string>

/** What the bot answers to a refusal. */
export function refusalMessage(code: RefusalCode, retryAfterSeconds?: number): string {
  const { refusals } = botMessages
  if (code === 'rate_limited') return refusals.rate_limited(retryAfterSeconds ?? 60)
  if (code === 'unknown_plan') return refusals.unknown_plan
  if (code === 'already_entitled') return refusals.already_entitled
  if (code === 'telegram_unavailable') return refusals.telegram_unavailable
  return refusals.other
}
