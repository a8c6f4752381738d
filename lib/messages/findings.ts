import type { FindingDetails, FindingKind } from '@/lib/domain/findings/schema'

type Words = { title: string; advice: string }

/** What each kind of finding says to an admin, and what to do about it. */
export const findingWords: Record<FindingKind, Words> = {
  refund_balance_low: {
    title: 'A refund waits for Stars',
    advice:
      'Telegram refunds from the bot’s balance, and it is too low. Wait for new sales or top it up in @BotFather, then ask for the refund again.',
  },
  refund_refused: {
    title: 'Telegram refused a refund',
    advice: 'Look at what Telegram answered. If the charge is right, ask for the refund again.',
  },
  partial_refund: {
    title: 'A card payment was refunded in part',
    advice: 'Access goes on as paid. To end it, refund the rest.',
  },
  foreign_sales: {
    title: 'Sales of another shop',
    advice:
      'Telegram lists sales whose payload is not ours. That is normal if this bot sold something before; nothing was granted for them.',
  },
  terms_differ: {
    title: 'A charge differs from Telegram’s list',
    advice: 'Amount, payer or payload are not what the ledger says. Compare both before you act.',
  },
  charge_not_listed: {
    title: 'A charge is not in Telegram’s list',
    advice:
      'The ledger has it and Telegram does not. If it stays so, somebody may have forged it: check the webhook secret.',
  },
  refund_not_listed: {
    title: 'A refund is not in Telegram’s list',
    advice: 'The ledger says refunded, Telegram says paid. Compare both before you act.',
  },
  repair_failed: {
    title: 'A row of Telegram’s list could not be taken over',
    advice:
      'Everything else was compared, and this row is tried again every five minutes. If it stays, look at the log of the worker and report it.',
  },
  comparison_failing: {
    title: 'Comparing with Telegram’s list fails again and again',
    advice:
      'Sales are taken as they come, but nothing that gets lost would be found. Run `npm run doctor`, then `npm run reconcile`, and read what they say.',
  },
  renewal_not_stopped: {
    title: 'A renewal may go on',
    advice:
      'It should have ended, but Telegram does not know the subscription by its first charge. Ask the buyer to cancel it in Telegram’s settings; refund what is charged nevertheless.',
  },
  stripe_event_unread: {
    title: 'An event of Stripe could not be read',
    advice:
      'Nothing was done with it, so a card payment or its end may be missing. It is tried again whenever it comes: update Starpass, then press Resend beside the event in Stripe’s dashboard.',
  },
  webhook_failing: {
    title: 'Telegram does not deliver to this shop as it should',
    advice:
      'Until that is right, payments are answered late or not at all. Telegram tries again for 24 hours. Run `npm run telegram:setup`, then `npm run doctor`, and read what they say.',
  },
  jobs_stuck: {
    title: 'Jobs are stuck',
    advice:
      'Messages and refunds are jobs. See whether the worker runs and what its log says, then try failed jobs again on the health page.',
  },
  figures_differ: {
    title: 'Figures of the overview were wrong',
    advice:
      'Sums of these days did not equal the payments. They were counted anew and are right now. Numbers you noted from them before may be wrong. If it comes again, report it.',
  },
}

/** Where an admin looks at it. */
export function findingPath({ details }: { details: FindingDetails }): string {
  const { payment } = details
  return typeof payment === 'string' ? `/admin/payments/${payment}` : '/admin/health'
}

/** A finding in one message: what, the facts, what to do. */
export function findingText(finding: {
  kind: FindingKind
  details: FindingDetails
  count: number
}): string {
  const { title, advice } = findingWords[finding.kind]
  const facts = Object.entries(finding.details).map(([name, value]) => `${name}: ${value}`)
  const heading = finding.count > 1 ? `${title} (${finding.count})` : title
  return [heading, ...facts, advice].join('\n')
}
