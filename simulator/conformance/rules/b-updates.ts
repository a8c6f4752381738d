import { leftOut, proved, section } from '@/simulator/conformance/rule'

export const updates = section('B Updates as JSON', 'b-updates.test.ts', {
  'B-rule-1': proved('Optional booleans are there only when true; is_bot always.'),
  'B-rule-2': proved(
    'Empty names are left out; provider charge, start_parameter and address stay.',
  ),
  'B-rule-3': proved('Ids of people are numbers of up to 52 bits.'),
  'B-rule-4': proved('Ids of queries and chat instances are strings of signed 64-bit numbers.'),
  'B-rule-5': proved('Charge ids of Stars begin with stx and pass 128 characters.'),
  'B-rule-6': proved('An update has no time of its own.'),
  'B.1-start-1': proved('START is a message with the payload and a bot_command entity.'),
  'B.1-start-2': proved('Pressing it again sends it again.'),
  'B.2-command-1': proved('A command’s entity counts UTF-16 units and includes @bot.'),
  'B.2-command-2': proved('An edited message comes as edited_message with edit_date.'),
  'B.2-command-3': leftOut('Commands in groups have title, thread and more.', 'No groups.'),
  'B.3-callback-1': proved('A callback brings its message, chat_instance and data.'),
  'B.3-callback-2': proved('A message that is gone has date 0.'),
  'B.3-callback-3': proved('Data may be any that fits 64 bytes, also of an older bot.'),
  'B.3-callback-4': leftOut('Inline messages have inline_message_id.', 'No inline mode.'),
  'B.11-member-1': proved('Blocking is my_chat_member from member to kicked, and back.'),
  'B.11-member-2': proved('Blocking does not end subscriptions.'),
  'B.12-media-1': leftOut('purchased_paid_media.', 'Never for invoices; can be injected.'),
  'B.12-access-1': proved('Allowing the bot to write is write_access_allowed.'),
  'B.12-access-2': leftOut(
    'It may come from an app’s name or the attachment menu.',
    'There is one way to allow it here; others can be injected.',
  ),
  'B.12-data-1': leftOut('web_app_data.', 'There are no reply keyboards; can be injected.'),
  'B.12-unknown-1': proved('An unknown type has the same envelope.'),
})

export const payments = section('B Updates about payments', 'b-payments.test.ts', {
  'B.4-checkout-1': proved('A Stars pre-checkout query has exactly five members, in order.'),
  'B.4-checkout-2': proved('That of a subscription looks the same.'),
  'B.5-checkout-1': proved('By card it has shipping option and order info, and a total with tip.'),
  'B.5-checkout-2': proved('Order info is there only if asked for, and only what was asked for.'),
  'B.6-payment-1': proved('A payment is a message of the payer in the private chat.'),
  'B.6-payment-2': proved('So it is when the invoice was made for somebody else.'),
  'B.7-first-1': proved('The first payment of a subscription has both flags and the end.'),
  'B.8-renewal-1': proved('A renewal has one flag, a new charge, and the old payload and price.'),
  'B.9-card-1': proved('By card the charge is three numbers and the provider’s id a uuid.'),
  'B.10-refund-1': proved('A refund is a message of the bot in the chat of the person.'),
  'B.10-refund-2': proved('It comes also when nobody asked for it.'),
})
