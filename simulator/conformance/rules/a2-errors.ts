import { leftOut, proved, section } from '@/simulator/conformance/rule'

export const errors = section('A.2 Envelope and errors', 'a2-errors.test.ts', {
  'A.2-envelope-1': proved(
    'Success is ok and result; only setWebhook and deleteWebhook add a description.',
  ),
  'A.2-envelope-2': proved(
    'Failure is ok, error_code and description; the HTTP status is the code.',
  ),
  'A.2-envelope-3': proved('A 429 says how long to wait in parameters and in Retry-After.'),
  'A.2-envelope-4': leftOut('parameters may carry migrate_to_chat_id.', 'There are no groups.'),
  'A.2-token-1': proved(
    'A token with a leading 0, over 80 characters or without : is 401 invalid.',
  ),
  'A.2-token-2': proved('A token whose first part is no number is 421 Misdirected Request.'),
  'A.2-token-3': proved('An id that is not positive or reaches 2^54 is 401 invalid.'),
  'A.2-token-4': proved('A token of the right form that nobody has is 401 Unauthorized.'),
  'A.2-method-1': proved('An unknown method is 404, and only for a bot that is known.'),
  'A.2-newbots-1': leftOut(
    'Too many new bots from one address are 429.',
    'Bots are made by hand here, and never many.',
  ),
  'A.2-dropped-1': leftOut(
    'A request dropped by a stopping server is 429 with retry_after 5.',
    'The simulator stops with its connections; the fault `api` answers 429 at will.',
  ),
  'A.2-inflight-1': proved(
    'Beyond 310 messages in flight to one chat: 429, retry after 60, told after 3 s.',
  ),
  'A.2-flood-1': proved('A flood wait is 429 Too Many Requests: retry after N.'),
  'A.2-conflict-1': proved('getUpdates while a webhook is set is 409.'),
  'A.2-conflict-2': proved('Of two pollers the earlier one is ended with 409.'),
  'A.2-conflict-3': proved('setWebhook ends a running getUpdates with 409.'),
  'A.2-conflict-4': proved('Conflicts that follow one another closely are answered 3 s late.'),
  'A.2-text-1': proved(
    'Sentences get a prefix and a small first letter, names in capitals stay as they are.',
  ),
  'A.2-text-2': proved('What was not found is 400, not 404.'),
  'A.2-text-3': leftOut(
    'Error names with code 403 or 406 become 400.',
    'No method here meets one: they come with groups and with users’ own calls.',
  ),
  'A.2-core-1': proved('A person who blocked the bot: 403 bot was blocked by the user.'),
  'A.2-core-2': leftOut('A deleted account: 403 user is deactivated.', 'People stay.'),
  'A.2-core-3': proved('A person who never allowed it: 403 bot can’t initiate conversation.'),
  'A.2-core-4': proved('Writing to a bot: 403 the bot can’t send messages to the bot.'),
  'A.2-core-5': proved('An unknown chat is 400 chat not found, none at all 400 chat_id is empty.'),
  'A.2-core-6': proved('An unknown, late or answered query id is 400 query is too old.'),
  'A.2-core-7': proved('An edit that changes nothing is 400 message is not modified.'),
  'A.2-core-8': proved('A text may be neither empty nor longer than 4096 characters.'),
  'A.2-core-9': leftOut(
    'MEDIA_EMPTY becomes wrong invoice information specified.',
    'Photos of invoices are accepted and not looked at.',
  ),
})
