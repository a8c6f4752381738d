import { openInOtherTab, openTelegramLink, webLink } from '@/simulator/client/links'
import { closeMiniApp } from '@/simulator/client/mini-app'
import { openPayment } from '@/simulator/client/pay/payments'
import { getState, nextKey, setState, showNotice } from '@/simulator/client/store'
import { type Host, type Methods, method } from './host'
import { type Data, textOf } from './host-state'

/** What leads out of a Mini App. */

function openWebLink(_host: Host, data: Data): void {
  const url = webLink(textOf(data, 'url'))
  if (url) openInOtherTab(url)
}

function openTgLink({ client, session }: Host, data: Data): void {
  if (client.telegramLinkCloses) closeMiniApp(session.key)
  void openTelegramLink(`https://t.me/${textOf(data, 'path_full').replace(/^\/+/, '')}`)
}

/** Inline mode is not there, but what it begins with is: the bot's name and the query, as text. */
function switchInline({ session }: Host, data: Data): void {
  const bot = getState().chats.find((chat) => chat.bot.id === session.botId)?.bot
  const types = Array.isArray(data.chat_types) ? data.chat_types : []
  closeMiniApp(session.key)
  if (!bot) return
  const text = `@${bot.username} ${textOf(data, 'query')}`
  setState({ draft: { key: nextKey(), botId: bot.id, text }, screen: 'chat' })
  if (types.length > 0) showNotice('Here is only one chat to choose: this one.')
}

export const wayOutMethods: Methods = {
  web_app_open_link: method('6.0', openWebLink),
  web_app_open_tg_link: method('6.1', openTgLink),
  web_app_open_invoice: method(
    '6.1',
    ({ session }, data) => void openPayment(textOf(data, 'slug'), session),
  ),
  web_app_switch_inline_query: method('6.7', switchInline),
  // Only apps of a reply keyboard's button may send data, and there are no reply keyboards here.
  web_app_data_send: method('6.0', () => {}),
}
