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
