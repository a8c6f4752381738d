import { Api, Composer } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import { botId, env } from '@/lib/platform/env'
import { single } from '@/lib/platform/global'
import { clientOptions } from '@/lib/telegram/client'
import { BotContext, type Defer } from './context'
import { account } from './features/account'
import { buy } from './features/buy'
import { fallback } from './features/fallback'
import { groups } from './features/groups'
import { help } from './features/help'
import { login } from './features/login'
import { payment } from './features/payment'
import { preCheckout } from './features/pre-checkout'
import { reachable } from './features/reachable'
import { refund } from './features/refund'
import { renewal } from './features/renewal'
import { restore } from './features/restore'
import { start } from './features/start'
import { subscription } from './features/subscription'

/** Money comes first, the sentence for everything else last. */
const features = () =>
  single('bot', () =>
    new Composer<BotContext>(
      preCheckout,
      payment,
      refund,
      subscription,
      reachable,
      groups,
      login,
      start,
      buy,
      account,
      renewal,
      restore,
      help,
      fallback,
    ).middleware(),
  )

/**
 * Lets the bot handle one update. `reply` gets the call that may ride on the webhook's answer, as
 * JSON. Throws what a feature threw: whoever delivers must know that it failed.
 */
export async function handleUpdate(
  update: Update,
  options: { defer: Defer; reply: (json: string) => void },
): Promise<void> {
  const api = new Api(
    env().TELEGRAM_BOT_TOKEN,
    {
      ...clientOptions(),
      // An answer in the webhook's reply saves the call that its 10 seconds would have to pay for.
      canUseWebhookReply: (method) => method === 'answerPreCheckoutQuery',
    },
    { send: options.reply },
  )
  await features()(new BotContext(update, api, botInfo(), options.defer), async () => {})
}

/** Known from the settings, so no update waits for getMe. */
function botInfo(): UserFromGetMe {
  const username = env().TELEGRAM_BOT_USERNAME
  return {
    id: botId(),
    is_bot: true,
    first_name: username,
    username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    can_manage_bots: false,
    supports_inline_queries: false,
    supports_guest_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    supports_join_request_queries: false,
  }
}
