import { leftOut, proved, section } from '@/simulator/conformance/rule'

export const invoices = section('A.7 Invoices', 'a7-invoices.test.ts', {
  'A.7-invoice-1': proved('title, description and payload must be there, asked for in this order.'),
  'A.7-invoice-2': proved('The payload must be UTF-8.'),
  'A.7-invoice-3': proved('Then the currency must be there, then the prices.'),
  'A.7-invoice-4': proved('Prices are a JSON list of objects with label and amount, at least one.'),
  'A.7-invoice-5': proved('An amount may be a number or a numeric string.'),
  'A.7-invoice-6': proved('Tips are read after the prices, each with its own refusal.'),
  'A.7-invoice-7': leftOut('Paid media is parsed next.', 'There is no paid media.'),
  'A.7-invoice-8': proved('An amount beyond 999,999,999,999 is too big.'),
  'A.7-invoice-9': proved('The sum must be positive and not too big; one line may be negative.'),
  'A.7-invoice-10': proved('Tips must be positive, at most four, and within max_tip_amount.'),
  'A.7-invoice-11': proved('Sending something to the provider, or flexible prices, asks for it.'),
  'A.7-invoice-12': proved(
    'Title over 32, description over 255, payload over 128 bytes are refused.',
  ),
  'A.7-invoice-13': leftOut(
    'Pictures have refusals of their own: MEDIA_INVALID, WEBDOCUMENT_…',
    'Photos of invoices are accepted and not looked at.',
  ),
  'A.7-invoice-14': leftOut('BUSINESS_CONNECTION_INVALID.', 'There are no business accounts.'),
  'A.7-invoice-15': proved('All of this comes before the markup and the chat of sendInvoice.'),
  'A.7-stars-1': proved(
    'Stars: one price, no provider token, no tips, else STARS_INVOICE_INVALID.',
  ),
  'A.7-stars-2': proved('What else an invoice of Stars asks for is ignored, or refused on demand.'),
  'A.7-fiat-1': proved('A missing or wrong provider token is PAYMENT_PROVIDER_INVALID.'),
  'A.7-fiat-2': proved('The exponent is the currency’s: 0 for Stars and yen, 2 for euros.'),
  'A.7-fiat-3': proved('Totals outside the currency’s range are CURRENCY_TOTAL_AMOUNT_INVALID.'),
  'A.7-period-1': proved('A subscription is of Stars, for 2,592,000 s, 10,000 Stars at most.'),
  'A.7-period-2': proved('A negative period is an ordinary invoice.'),
  'A.7-period-3': proved('sendInvoice refuses a subscription.'),
  'A.7-period-4': proved('One person may have several subscriptions to one bot.'),
  'A.7-result-1': proved('sendInvoice answers a Message with five members of invoice.'),
  'A.7-result-2': proved('A markup must begin with Pay; without one the message has none.'),
  'A.7-result-3': proved('createInvoiceLink answers https://t.me/$slug of the known alphabet.'),
  'A.7-result-4': proved('A link is good for anybody, any number of times.'),
  'A.7-result-5': leftOut(
    'Forwarded invoices are payable, or turn into deep links.',
    'Messages cannot be forwarded here.',
  ),
})

export const money = section('A.7 Answers and refunds', 'a7-money.test.ts', {
  'A.7-checkout-1': proved('The query’s id is a 64-bit number; garbage is 0 and not found.'),
  'A.7-checkout-2': proved('Without ok a sentence is required; with ok it is ignored.'),
  'A.7-checkout-3': proved('true proves nothing: the payment may still fail.'),
  'A.7-checkout-4': proved('Late, unknown and second answers are query is too old.'),
  'A.7-shipping-1': proved('ok needs shipping options, at least one; otherwise a sentence.'),
  'A.7-shipping-2': proved('Flexible card invoices ask the bot, and the option’s price is added.'),
  'A.7-refund-1': proved('user_id must be positive, and the charge id must be there.'),
  'A.7-refund-2': proved('A second refund is CHARGE_ALREADY_REFUNDED.'),
  'A.7-refund-3': proved('An unknown charge and an unknown person are refused by name.'),
  'A.7-refund-4': proved('After the owner withdrew the Stars it is BALANCE_TOO_LOW.'),
  'A.7-refund-5': proved('A refund makes a message and a transaction of the same id.'),
  'A.7-refund-6': proved('There is no time limit, and the subscription goes on.'),
  'A.7-refund-7': leftOut('USER_BOT_REQUIRED.', 'Only bots have a Bot API here.'),
})

export const books = section('A.7 Subscriptions and transactions', 'a7-books.test.ts', {
  'A.7-edit-1': proved('editUserStarSubscription takes the first charge; an empty one is invalid.'),
  'A.7-edit-2': proved('A missing is_canceled is false.'),
  'A.7-edit-3': proved('true ends renewals, keeps the period, and the person cannot undo it.'),
  'A.7-edit-4': proved('false lets the person enable it again, and does not resume by itself.'),
  'A.7-edit-5': proved('A second cancel is accepted.'),
  'A.7-list-1': proved('Transactions come oldest first; offset and limit are moved into range.'),
  'A.7-list-2': proved('Each has one of source and receiver, and a positive amount.'),
  'A.7-list-3': proved('A sale names payload, period and person; its id is the charge’s.'),
  'A.7-list-4': proved('An affiliate’s share is taken off what reaches the bot.'),
  'A.7-list-5': proved('A withdrawal is a transaction with Fragment.'),
  'A.7-list-6': leftOut(
    'Partners may also be ads, the API, chats, gifts.',
    'Only sales, refunds and withdrawals happen here.',
  ),
  'A.7-balance-1': proved('getMyStarBalance is whole Stars and, if any, billionths.'),
})
