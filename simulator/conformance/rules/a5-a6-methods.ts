import { leftOut, proved, section } from '@/simulator/conformance/rule'

export const replies = section('A.5 Methods in the webhook’s reply', 'a5-replies.test.ts', {
  'A.5-reply-1': proved('A 2xx body that names a method has it run for the bot.'),
  'A.5-reply-2': proved('Not so deleteWebhook, setWebhook, close, logOut and all that get.'),
  'A.5-reply-3': proved('JSON, form and multipart are read; text/plain does nothing.'),
  'A.5-reply-4': proved('Result and error are thrown away; the update stays delivered.'),
  'A.5-reply-5': proved('A mistyped answerPreCheckoutQuery goes unnoticed, and the payment fails.'),
  'A.5-reply-6': proved('Malformed JSON is ignored.'),
  'A.5-reply-7': proved('A webhook set under /test/ has its replies run there.'),
})

export const methods = section('A.6 Other methods', 'a6-methods.test.ts', {
  'A.6-me-1': proved('getMe has its members in the real order, the booleans at the end.'),
  'A.6-me-2': leftOut(
    'getMe may have last_name, language_code, is_premium and more.',
    'The bots here have none of it, and what is empty is left out.',
  ),
  'A.6-send-1': proved('Text is judged first, then the markup, then the chat, then access.'),
  'A.6-send-2': leftOut(
    'reply_parameters, suggested posts and bots named in the markup are judged in between.',
    'They are accepted and not looked at: selling needs none of them.',
  ),
  'A.6-send-3': proved('What a bot sends comes back as a Message and never as an update.'),
  'A.6-button-1': proved('Of a button’s actions the first in the server’s order wins.'),
  'A.6-button-2': proved('"pay": false is a Pay button too.'),
  'A.6-button-3': proved('A button without action is refused.'),
  'A.6-button-4': proved('Callback data over 64 bytes is BUTTON_DATA_INVALID.'),
  'A.6-callback-1': proved('A callback is answered once, within its 150 s.'),
  'A.6-menu-1': proved('An empty menu_button is the default; bad ones are refused by name.'),
  'A.6-menu-2': proved('chat_id must be a person; getChatMenuButton echoes what was set.'),
  'A.6-commands-1': proved('setMyCommands refuses what is no list, and an empty one clears.'),
  'A.6-commands-2': proved('A name in capitals is BOT_COMMAND_INVALID, not lower-cased.'),
  'A.6-edit-1': proved('editMessageText changes text and markup and marks the date.'),
})
