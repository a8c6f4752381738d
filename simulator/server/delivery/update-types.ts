/** Every type Telegram knows that a bot of ours could be sent or ask for. */
export const UPDATE_TYPES = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'subscription',
]

export const ONLY_ON_REQUEST = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
])
export const KNOWN_TYPES = new Set(UPDATE_TYPES)
