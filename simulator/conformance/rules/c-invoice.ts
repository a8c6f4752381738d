import { inClient, leftOut, section } from '@/simulator/conformance/rule'

export const invoiceFlow = section('C.4 The invoice flow', undefined, {
  'C.4-open-1': leftOut(
    'The script refuses other addresses and old versions by itself.',
    'It never reaches the host.',
  ),
  'C.4-open-2': inClient(
    'The same slug cannot be opened while it is open.',
    'invoice: the same slug cannot be opened twice at once',
  ),
  'C.4-web-a-1': inClient(
    'An unknown slug is a notice, and invoice_closed never comes.',
    'invoice: a slug that leads nowhere shows a notice and never reports in Web A',
  ),
  'C.4-web-a-2': inClient(
    'Too few Stars lead to a top-up.',
    'invoice: too few Stars lead to the top-up sheet',
  ),
  'C.4-web-a-3': inClient(
    'A payment that went through is paid.',
    'invoice: a payment reports paid, and the bot hears of it',
  ),
  'C.4-web-a-4': inClient(
    'A refused or unanswered one is failed.',
    'invoice: a refused or unanswered pre-checkout reports failed',
  ),
  'C.4-web-a-5': inClient(
    'Closed while it runs it is cancelled, and may go through.',
    'invoice: closing the sheet reports cancelled, even while the payment goes through',
  ),
  'C.4-web-a-6': inClient(
    'By card it is pending on submit, and 3-D Secure may ask.',
    'invoice: a card payment is pending on submit, then paid, and may ask for 3-D Secure',
  ),
  'C.4-web-k-1': inClient(
    'Web K stays open after a failure and reports the last outcome.',
    'invoice: Web K stays open after a failure and reports the last outcome',
  ),
  'C.4-web-k-2': inClient(
    'Web K reloads a form that has expired.',
    'invoice: an expired form is reloaded in Web K',
  ),
  'C.4-truth-1': inClient(
    'What the client says is not the truth.',
    'invoice: a client that says failed or nothing leaves the truth to the bot',
  ),
  'C.4-close-1': inClient(
    'A payment goes on when its app is closed.',
    'invoice: the payment goes on when the Mini App is closed',
  ),
})
