import type { ReviewDto, ReviewReason } from '@/lib/domain/payments/schema'
import type { WaitingUpdateDto } from '@/lib/domain/updates/schema'
import { formatMoney } from '@/lib/kit/money'

/** Why a charge waits, in an admin's words. */
export const reviewReasons: Record<ReviewReason, string> = {
  unknown_payload: 'It belongs to no invoice of ours.',
  wrong_payer: 'Somebody else paid this invoice.',
  wrong_currency: 'It is in another currency than the invoice.',
  wrong_amount: 'It is another amount than the invoice.',
  adds_nothing: 'The payer has this already, so it would buy nothing.',
}

/** What `npm run review` prints. */
export const reviewWords = {
  usage: [
    'npm run review                                     what waits',
    'npm run review -- replay <id>                      judge a charge, or handle an update, again',
    'npm run review -- honour <id> [plan] "<why>"       give the payer the plan',
    'npm run review -- refund <id> "<why>"              send the Stars back',
    'npm run review -- mark-refunded <id> "<why>"       a card was refunded at its provider',
    'npm run review -- leave <id> "<why>"               nothing is to be done',
  ].join('\n'),
  nothing: 'Nothing waits.',
  more: (shown: number) => `… and more of these: the first ${shown} are shown.`,
  charge: (one: ReviewDto) => {
    const who = [one.name, one.username ? `@${one.username}` : '', `(${one.telegram_id})`]
    const what = `${formatMoney(one)} for ${one.plan_code ?? 'no plan we know'}`
    return [
      `charge ${one.id}`,
      `  ${one.charged_at}  ${what}  ${who.filter(Boolean).join(' ')}`,
      `  ${reviewReasons[one.reason]}`,
    ].join('\n')
  },
  update: (one: WaitingUpdateDto) =>
    [
      `update ${one.id}`,
      `  ${one.received_at}  ${one.kind} ${one.update_id}`,
      `  It could not be handled: ${one.reason}.`,
    ].join('\n'),
  finding: (id: string, text: string) => `finding ${id}\n  ${text.replaceAll('\n', '\n  ')}`,
  replayed: (stays: ReviewReason | null) =>
    stays
      ? `It stays in review. ${reviewReasons[stays]}`
      : 'Done: the payer has what they paid for.',
  handled: 'Done: the update was handled.',
  honoured: 'Done: the payer has the plan and is told.',
  refund: {
    requested: 'Asked for. The worker sends it back; the payer is told when Telegram has done it.',
    already_requested: 'It was asked for before and is on its way.',
    already_refunded: 'It is refunded already.',
  },
  marked: { refunded: 'Done: marked as refunded.', other: 'It was marked as refunded before.' },
  left: 'Done: it waits no longer.',
} as const
