import { getState } from '@/simulator/client/store'
import { type Host, type Methods, method } from './host'
import { type Data, type HostQuestion, readPopup, textOf } from './host-state'
import { isOnHomeScreen } from './storage'

/** What a Mini App wants from the person. */

const QUESTIONS_IN_A_ROW = 3

const questionTimes = new WeakMap<Host['session'], number[]>()

/** Web clients refuse a fourth question within a few seconds. */
function isTooMany({ client, session }: Host): boolean {
  const now = Date.now()
  const recent = (questionTimes.get(session) ?? []).filter(
    (time) => now - time < client.popupWindowMs,
  )
  questionTimes.set(session, [...recent, now])
  return recent.length >= QUESTIONS_IN_A_ROW
}

/** One question at a time: while it stands, or after too many, the answer is `refusal`. */
function ask(host: Host, question: HostQuestion | null, refusal: [string, Data]): void {
  if (host.state().question || !question || isTooMany(host)) host.send(...refusal)
  else host.update({ question })
}

function requestWriteAccess(host: Host): void {
  const chat = getState().chats.find(({ bot }) => bot.id === host.session.botId)
  if (chat?.write_allowed) host.send('write_access_requested', { status: 'allowed' })
  else ask(host, { kind: 'write-access' }, ['write_access_requested', { status: 'cancelled' }])
}

function scan(host: Host, data: Data): void {
  const refusal: [string, Data] = ['scan_qr_popup_closed', {}]
  if (host.client.isMobile) ask(host, { kind: 'scan', text: textOf(data, 'text') }, refusal)
  else host.send(...refusal)
}

function closeScan({ state, update, send }: Host): void {
  if (state().question?.kind !== 'scan') return
  update({ question: null })
  send('scan_qr_popup_closed')
}

function checkHomeScreen({ client, session, send }: Host): void {
  const known = isOnHomeScreen(session) ? 'added' : 'missed'
  send('home_screen_checked', { status: client.isMobile ? known : 'unsupported' })
}

function addToHomeScreen(host: Host): void {
  const refusal: [string, Data] = ['home_screen_failed', { error: 'UNSUPPORTED' }]
  if (host.client.isMobile) ask(host, { kind: 'home-screen' }, refusal)
  else host.send(...refusal)
}

export const personMethods: Methods = {
  web_app_open_popup: method('6.2', (host, data) =>
    ask(host, readPopup(data), ['popup_closed', {}]),
  ),
  web_app_request_write_access: method('6.9', requestWriteAccess),
  web_app_request_phone: method('6.9', (host) =>
    ask(host, { kind: 'phone' }, ['phone_requested', { status: 'cancelled' }]),
  ),
  web_app_open_scan_qr_popup: method('6.4', scan),
  web_app_close_scan_qr_popup: method('6.4', closeScan),
  web_app_read_text_from_clipboard: method('6.4', ({ send }, data) =>
    send('clipboard_text_received', { req_id: textOf(data, 'req_id'), data: null }),
  ),
  web_app_check_home_screen: method('8.0', checkHomeScreen),
  web_app_add_to_home_screen: method('8.0', addToHomeScreen),
}
