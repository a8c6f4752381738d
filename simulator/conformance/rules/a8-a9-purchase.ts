import { inClient, leftOut, proved, section } from '@/simulator/conformance/rule'

export const purchase = section('A.8 The payer’s side', 'a8-purchase.test.ts', {
  'A.8-form-1': proved('A form shows what is sold; an unknown slug is SLUG_INVALID.'),
  'A.8-form-2': proved('It lives ten minutes: FORM_EXPIRED after that.'),
  'A.8-form-3': proved('It is good once: FORM_SUBMIT_DUPLICATE after that.'),
  'A.8-form-4': leftOut(
    'INVOICE_INVALID, BOT_INVOICE_INVALID and STARS_… for other invoices.',
    'Invoices of a bot that lost its payments, gifts and giveaways do not exist here.',
  ),
  'A.8-order-1': proved('What the buyer fills in is checked before anything is paid.'),
  'A.8-order-2': proved('A bot that says nothing about shipping, or no, ends the purchase.'),
  'A.8-submit-1': proved('Too few Stars are BALANCE_TOO_LOW, and the bot is not asked.'),
  'A.8-submit-2': proved('A 3-D Secure card asks its owner before the bot is asked.'),
  'A.8-submit-3': proved('A card the provider does not know is refused.'),
  'A.8-ask-1': proved('The pre-checkout query has a 64-bit id and 10 s.'),
  'A.8-outcome-1': proved('Approved: the payer is charged and the bot gets the message.'),
  'A.8-outcome-2': proved('Refused: the payer sees the bot’s sentence and is not charged.'),
  'A.8-outcome-3': proved('Silence: BOT_PRECHECKOUT_TIMEOUT, and nobody is charged.'),
  'A.8-outcome-4': proved('Approved and declined by the bank: no payment ever comes.'),
})

export const renewals = section('A.8 Renewals', 'a8-renewals.test.ts', {
  'A.8-renew-1': proved('Renewals come by themselves, unasked, with new charges.'),
  'A.8-renew-2': proved('Without Stars it fails, is tried again and lapses.'),
  'A.8-renew-3': proved('What failed can be fulfilled later.'),
  'A.8-renew-4': proved('The person can cancel and enable until the period is over.'),
  'A.8-again-1': proved('The same link again is a second, independent charge or subscription.'),
})

export const newer = section('A.9 Newer than 10.0', 'a8-renewals.test.ts', {
  'A.9-subscription-1': proved(
    'subscription updates tell person, payload and state, nothing else.',
  ),
  'A.9-subscription-2': proved('A list of allowed updates must name subscription.'),
  'A.9-origin-1': inClient(
    'A page that is not on the Mini App’s origin is not obeyed.',
    'host: a page of another origin is not obeyed',
  ),
  'A.9-unknown-1': proved('Updates of unknown types can be sent to see that a bot tolerates them.'),
})
