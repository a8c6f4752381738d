/** The faults of `simulator/README.md`, as a person can switch them on. */

export type FaultField =
  | { kind: 'switch' }
  | { kind: 'number'; unit: string; start: number }
  | { kind: 'choice'; options: { value: string; label: string }[] }
  | { kind: 'json'; start: unknown }

export type FaultInfo = { name: string; title: string; says: string; field: FaultField }

export type FaultGroup = { title: string; faults: FaultInfo[] }

const number = (unit: string, start: number): FaultField => ({ kind: 'number', unit, start })

export const FAULT_GROUPS: FaultGroup[] = [
  {
    title: 'Webhook',
    faults: [
      {
        name: 'webhook_status',
        title: 'Answers are replaced',
        says: 'Telegram sees this status in place of the bot’s answer.',
        field: number('HTTP status', 500),
      },
      {
        name: 'drop_answer',
        title: 'Lost answers',
        says: 'Of every update the first answers get lost, so it comes again.',
        field: number('times', 1),
      },
      {
        name: 'duplicate',
        title: 'Duplicates',
        says: 'Every update is delivered this many times more.',
        field: number('times', 1),
      },
      {
        name: 'delay_ms',
        title: 'Late',
        says: 'Every delivery waits, on the simulated clock.',
        field: number('ms', 2000),
      },
      {
        name: 'reorder_ms',
        title: 'Shuffled queues',
        says: 'Queues overtake each other; within one the order holds.',
        field: number('ms', 2000),
      },
      {
        name: 'hang',
        title: 'Hanging connections',
        says: 'The first deliveries of every update never get an answer.',
        field: number('times', 1),
      },
      {
        name: 'hold',
        title: 'Hold updates',
        says: 'New updates wait in their queues until they are released.',
        field: { kind: 'switch' },
      },
      {
        name: 'drop',
        title: 'Drop updates',
        says: 'New updates are never delivered.',
        field: { kind: 'switch' },
      },
    ],
  },
  {
    title: 'Bot API',
    faults: [
      {
        name: 'flood_wait',
        title: 'Flood limits',
        says: 'More than 1 message a second to a chat, or 30 in all, is answered 429.',
        field: { kind: 'switch' },
      },
      {
        name: 'sending_ms',
        title: 'Slow sending',
        says: 'Messages take this long to go out.',
        field: number('ms', 2000),
      },
      {
        name: 'api',
        title: 'Answers by method',
        says: 'Per method, or * for all. status 0 cuts the line; after: true only loses the answer.',
        field: { kind: 'json', start: { '*': { status: 429, retry_after: 5, times: 1 } } },
      },
    ],
  },
  {
    title: 'Payments',
    faults: [
      {
        name: 'decline_after_approval',
        title: 'Declined after approval',
        says: 'The bot agrees, the charge never comes.',
        field: { kind: 'switch' },
      },
      {
        name: 'client_status',
        title: 'A client that is wrong',
        says: 'What the Mini App is told although the payment went through.',
        field: {
          kind: 'choice',
          options: [
            { value: 'failed', label: 'failed' },
            { value: 'pending', label: 'pending' },
            { value: 'silent', label: 'nothing' },
          ],
        },
      },
    ],
  },
  {
    title: 'Login and cards',
    faults: [
      {
        name: 'login',
        title: 'Logins go wrong',
        says: 'What a site that checks its logins must refuse.',
        field: {
          kind: 'choice',
          options: [
            { value: 'wrong_audience', label: 'for somebody else' },
            { value: 'other_bot', label: 'of another bot' },
            { value: 'wrong_signature', label: 'wrongly signed' },
            { value: 'expired', label: 'expired' },
            { value: 'state_altered', label: 'another state' },
            { value: 'code_used', label: 'used code' },
          ],
        },
      },
      {
        name: 'stripe_webhook',
        title: 'Card events go wrong',
        says: 'Stripe’s events come late, twice, in another order or not at all.',
        field: { kind: 'json', start: { shuffle_ms: 5000, duplicate: 1 } },
      },
      {
        name: 'stripe_api',
        title: 'Card calls go wrong',
        says: 'Calls of Stripe’s API get this answer instead.',
        field: { kind: 'json', start: { '*': { status: 500, times: 1 } } },
      },
      {
        name: 'stripe_renewals',
        title: 'Renewals by card are declined',
        says: 'Subscriptions become past due and end after the last attempt.',
        field: { kind: 'choice', options: [{ value: 'decline', label: 'all' }] },
      },
    ],
  },
]

export function isOn(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false
}

/** What switching a fault on sets. */
export function startValue(field: FaultField): unknown {
  switch (field.kind) {
    case 'switch':
      return true
    case 'choice':
      return field.options[0]?.value
    default:
      return field.start
  }
}
