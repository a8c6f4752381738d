import { leftOut, proved, section } from '@/simulator/conformance/rule'

export const delivery = section('A.4 Delivery: requests, answers, retries', 'a4-delivery.test.ts', {
  'A.4-request-1': proved('An update is a POST of JSON to path and query, with its length.'),
  'A.4-request-2': proved('A name and password in the address become basic authorization.'),
  'A.4-request-3': proved('The secret travels in a header, and only if there is one.'),
  'A.4-request-4': proved('A line break follows the first comma of the body.'),
  'A.4-request-5': proved('The connection is kept alive and answers may be packed.'),
  'A.4-outcome-1': proved('Any answer from 200 to 299 delivers for good.'),
  'A.4-outcome-2': proved('Anything else fails with its code and reason; redirects lead nowhere.'),
  'A.4-outcome-3': proved('A connection that closes before the answer fails.'),
  'A.4-outcome-4': proved('60 s of silence fail with Read timeout expired.'),
  'A.4-outcome-5': proved('Nobody listening, and no TLS where it should be, are told apart.'),
  'A.4-outcome-6': proved('410 for 23 hours without a break takes the webhook down.'),
  'A.4-retry-1': proved('Retries come after 0, 2, 4, 8, 16, 32 and 64 s.'),
  'A.4-retry-2': proved('From then on they come every 60 to 120 s.'),
  'A.4-retry-3': proved('Retry-After replaces the delay and does not advance the doubling.'),
  'A.4-retry-4': proved('Retry-After counts up to 3600 s.'),
  'A.4-retry-5': proved('There is no limit of attempts: an update goes when its time is over.'),
  'A.4-retry-6': proved('A pre-checkout query gets at most eight attempts.'),
})

export const again = section('A.4 Delivery: connections and duplicates', 'a4-again.test.ts', {
  'A.4-connect-1': proved('A healthy webhook gets ten new connections in half a second.'),
  'A.4-connect-2': proved('One that has failed for 10 s gets one new connection in 2 s.'),
  'A.4-again-1': proved('A lost 2xx brings the update again.'),
  'A.4-again-2': proved('A handler slower than 60 s meets the second delivery while it runs.'),
  'A.4-again-3': proved('A proxy’s 502 brings an update again that the app has taken.'),
  'A.4-again-4': leftOut(
    'The address is looked up every 30 minutes, and a new one means new connections.',
    'Local names do not move; the fault `duplicate` brings the same double delivery.',
  ),
  'A.4-again-5': proved('setWebhook while a request is under way brings its update again.'),
  'A.4-again-6': leftOut(
    'A restart of the server brings updates again.',
    'Everything is in memory; the fault `duplicate` stands in.',
  ),
})

export const queues = section('A.4 Delivery: queues, ids, expiry', 'a4-queues.test.ts', {
  'A.4-keep-1': proved('Messages are kept for 24 h from their own date.'),
  'A.4-keep-2': proved('Callback, pre-checkout and shipping queries are kept for 150 s.'),
  'A.4-keep-3': leftOut('Inline queries 30 s, chosen results 600 s.', 'There is no inline mode.'),
  'A.4-keep-4': proved('my_chat_member is kept for 24 h.'),
  'A.4-keep-5': leftOut(
    'Paid media, business, managed bots and polls are kept for 24 h.',
    'Nothing makes them here; what is injected as it stands is kept for 24 h.',
  ),
  'A.4-keep-6': proved('At most 100,000 updates wait for a bot.'),
  'A.4-keep-7': proved('At most 128 MiB of updates wait for a bot.'),
  'A.4-keep-8': proved('A message older than 24 h is never queued.'),
  'A.4-id-1': proved('Ids begin at random from 2,000,001 and go up by one across types.'),
  'A.4-id-2': proved('After a week of silence they begin again elsewhere.'),
  'A.4-id-3': proved('A retry has the same id.'),
  'A.4-queue-1': proved('Within a queue order is strict; a failing head blocks its queue only.'),
  'A.4-queue-2': proved('Queues run in parallel up to max_connections.'),
  'A.4-queue-3': proved('At most 2 × max_connections updates are taken up at once.'),
  'A.4-queue-4': proved('The queue is the chat, or the person moved by the kind of update.'),
  'A.4-queue-5': proved('A payment’s message does not wait for its pre-checkout query.'),
  'A.4-queue-6': proved('Queue 0 means a queue of its own.'),
})
