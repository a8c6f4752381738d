import type { Moment } from '@/e2e/database-proxy'
import type { Buyer } from './shop'
import type { ProvingStack } from './stack'

/** What is going on when the server dies. */
export type Scenario = 'order' | 'purchase' | 'refund' | 'comparison'

export type KillPoint = {
  name: string
  scenario: Scenario
  /** Resolves at the very moment. */
  comes: (stack: ProvingStack, buyer: Buyer) => Promise<void>
}

/** Statements as PostgreSQL hears them. */
const statements = {
  loadQuestion: /'isBanned'/,
  keepQuestion: /insert into payment_events[^;]*pre_checkout_query_id/,
  loadCharge: /'questionId'/,
  writeCharge: /with payer as \(/,
  loadMessage: /select[^;]*from "public"\."payment_events"[^;]*"reason"/i,
  completeJob: /complete_job/,
  lockPerson: /insert into users[^;]*money_version/,
  writeRefund: /update "public"\."payment_events"[^;]*"refunded_at"/i,
  commit: /\bcommit\b/i,
  mirror: /insert into "public"\."star_transactions"/i,
  startRun: /insert into "public"\."reconciliation_runs"/i,
} as const

const database =
  (moment: Moment, ...names: (keyof typeof statements)[]): KillPoint['comes'] =>
  (stack) =>
    stack.databaseLine.cut(
      moment,
      names.map((name) => statements[name]),
    )

const webhook =
  (moment: Moment, kind: string): KillPoint['comes'] =>
  (stack, buyer) =>
    stack.webhookLine.cut(
      moment,
      ({ body }) => body.includes(`"${kind}"`) && body.includes(String(buyer.id)),
    )

const botApi =
  (moment: Moment | 'pass', method: string, isAboutBuyer = false): KillPoint['comes'] =>
  (stack, buyer) =>
    stack.botApiLine.cut(
      moment,
      ({ path, body }) =>
        path.endsWith(`/${method}`) && (!isAboutBuyer || body.includes(String(buyer.id))),
    )

/** The second moment is looked for once the first has come. */
const then =
  (first: KillPoint['comes'], second: KillPoint['comes']): KillPoint['comes'] =>
  async (stack, buyer) => {
    await first(stack, buyer)
    await second(stack, buyer)
  }

const point = (scenario: Scenario, name: string, comes: KillPoint['comes']): KillPoint => ({
  scenario,
  name,
  comes,
})

/** Every step of a purchase, a refund and a comparison that can be seen from outside. */
export const killPoints: readonly KillPoint[] = [
  point('order', 'invoice: before Telegram makes the link', botApi('before', 'createInvoiceLink')),
  point('order', 'invoice: link made, answer on its way', botApi('after', 'createInvoiceLink')),

  point('purchase', 'pre-checkout: question on its way', webhook('before', 'pre_checkout_query')),
  point('purchase', 'pre-checkout: before the query', database('before', 'loadQuestion')),
  point('purchase', 'pre-checkout: after the query', database('after', 'loadQuestion')),
  point('purchase', 'pre-checkout: answer on its way', webhook('after', 'pre_checkout_query')),
  point(
    'purchase',
    'pre-checkout: answered, before it is kept',
    database('before', 'keepQuestion'),
  ),
  point('purchase', 'pre-checkout: answered and kept', database('after', 'keepQuestion')),

  point('purchase', 'payment: update on its way', webhook('before', 'successful_payment')),
  point('purchase', 'payment: before the load', database('before', 'loadCharge')),
  point('purchase', 'payment: after the load', database('after', 'loadCharge')),
  point('purchase', 'payment: before the statement', database('before', 'writeCharge')),
  point('purchase', 'payment: committed, reply on its way', database('after', 'writeCharge')),
  point('purchase', 'payment: 200 on its way to Telegram', webhook('after', 'successful_payment')),

  point('purchase', 'message: before it is sent', botApi('before', 'sendMessage', true)),
  point('purchase', 'message: sent, answer on its way', botApi('after', 'sendMessage', true)),
  point(
    'purchase',
    'message: sent, before the job is done',
    then(botApi('pass', 'sendMessage', true), database('before', 'completeJob')),
  ),
  point(
    'purchase',
    'message: sent, job done, reply on its way',
    then(botApi('pass', 'sendMessage', true), database('after', 'completeJob')),
  ),

  point('refund', 'refund: update on its way', webhook('before', 'refunded_payment')),
  point('refund', 'refund: person locked', database('after', 'lockPerson')),
  point('refund', 'refund: before COMMIT', database('before', 'writeRefund', 'commit')),
  point(
    'refund',
    'refund: committed, reply on its way',
    database('after', 'writeRefund', 'commit'),
  ),
  point('refund', 'refund: 200 on its way to Telegram', webhook('after', 'refunded_payment')),

  point('comparison', 'comparison: before a page', botApi('before', 'getStarTransactions')),
  point('comparison', 'comparison: page on its way', botApi('after', 'getStarTransactions')),
  point('comparison', 'comparison: before the mirror', database('before', 'mirror')),
  point('comparison', 'comparison: mirrored, reply on its way', database('after', 'mirror')),
  point('comparison', 'comparison: before the repair', database('before', 'writeCharge')),
  point('comparison', 'comparison: repaired, reply on its way', database('after', 'writeCharge')),
]
