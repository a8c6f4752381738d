import { inClient, leftOut, proved, section } from '@/simulator/conformance/rule'

const SCRIPT = 'This is what the app’s own script does; a host can neither do nor prevent it.'

export const launch = section('C.1, C.2, C.5 Launch, init data, links', 'c-launch.test.ts', {
  'C.1-url-1': proved('The server builds the address for the person, the source and the theme.'),
  'C.1-url-2': proved('The hash has data, version, platform and theme, in this order.'),
  'C.1-url-3': proved('A direct link’s start parameter is in the query and in the init data.'),
  'C.1-url-4': proved('A hash of the app’s own stays: ? or & joins the rest to it.'),
  'C.1-url-5': proved('Init data is encoded twice: a + in a name is %252B.'),
  'C.1-url-6': leftOut(
    'The hash may say bot inline, settings, fullscreen, default colours, debug.',
    'No client here opens an app that way.',
  ),
  'C.1-url-7': leftOut(
    'Web K rewrites the version.',
    'The client does it; no browser test of its own proves it.',
  ),
  'C.1-url-8': leftOut('Sessions are prolonged every 60 s.', 'Query ids are not used up here.'),
  'C.1-storage-1': leftOut('What is missing comes from the session’s storage.', SCRIPT),
  'C.2-fields-1': proved('A menu launch has query_id, user, auth_date, signature, hash.'),
  'C.2-fields-2': proved('A direct link has chat_instance, chat_type and start_param instead.'),
  'C.2-fields-3': leftOut(
    'receiver, chat and can_send_after may appear.',
    'They belong to the attachment menu.',
  ),
  'C.2-fields-4': leftOut('A reply keyboard’s app has less, or none.', 'No reply keyboards.'),
  'C.2-user-1': proved('The user has escaped slashes, raw UTF-8 and last_name even if empty.'),
  'C.2-user-2': proved('allows_write_to_pm follows START, permission and blocking.'),
  'C.2-hash-1': proved('The hash covers all but itself, and an independent library agrees.'),
  'C.2-hash-2': proved('Upper case, a double field or a changed byte make it invalid.'),
  'C.2-sign-1': proved('The signature is of the simulator’s own key, never taken for Telegram’s.'),
  'C.2-vector-1': proved('Both known vectors come out byte for byte.'),
  'C.2-age-1': proved('Old init data can be had, and is refused after a day.'),
  'C.5-link-1': proved('All three forms of an invoice link lead to the invoice.'),
  'C.5-link-2': inClient(
    'Opened by the app an invoice link pays without a report; Web A closes the app.',
    'links: an invoice link opened by the app pays without a report and closes the app in Web A',
  ),
  'C.5-link-3': proved('A link followed in a browser leads to the client.'),
  'C.5-link-4': inClient('Only t.me itself is Telegram.', 'links: other hosts are not Telegram'),
  'C.5-link-5': inClient(
    'A message’s Pay button opens the same sheet, and becomes a receipt.',
    'chat: the Pay button opens the same sheet and turns into a receipt',
  ),
  'C.5-link-6': inClient(
    'Every form of an invoice link opens the sheet.',
    'links: every form of an invoice link opens the sheet',
  ),
})
