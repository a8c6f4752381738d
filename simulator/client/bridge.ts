import {
  asData,
  colorOf,
  type Data,
  type HostState,
  readBottomButton,
  readPopup,
  readPosition,
  textOf,
} from './host-state'
import { openLink, openTelegramLink, webLink } from './links'
import { closeMiniApp } from './mini-app'
import { openPayment } from './payments'
import { getState, type MiniAppSession } from './store'
import { themeParams } from './theme'

/** What the methods of a Mini App may do to its host. */
export type Host = {
  session: MiniAppSession
  send: (event: string, data?: unknown) => void
  state: () => HostState
  update: (patch: Partial<HostState>) => void
  sendViewport: () => void
  pulse: (strong: boolean) => void
}

type Method = (host: Host, data: Data) => void

const NO_INSETS = { top: 0, bottom: 0, left: 0, right: 0 }
const POPUPS_IN_A_ROW = 3
const POPUP_WINDOW_MS = 2000

const popupTimes = new WeakMap<MiniAppSession, number[]>()

/** Real clients refuse the fourth popup within two seconds. */
function tooManyPopups(session: MiniAppSession): boolean {
  const now = Date.now()
  const recent = (popupTimes.get(session) ?? []).filter((time) => now - time < POPUP_WINDOW_MS)
  popupTimes.set(session, [...recent, now])
  return recent.length >= POPUPS_IN_A_ROW
}

function openPopup(host: Host, data: Data): void {
  const popup = readPopup(data)
  if (host.state().question || !popup || tooManyPopups(host.session)) {
    host.send('popup_closed', {})
    return
  }
  host.update({ question: popup })
}

function requestWriteAccess(host: Host): void {
  const chat = getState().chats.find(({ bot }) => bot.id === host.session.botId)
  if (chat?.write_allowed) host.send('write_access_requested', { status: 'allowed' })
  else if (host.state().question) host.send('write_access_requested', { status: 'cancelled' })
  else host.update({ question: { kind: 'write-access' } })
}

/** A colour given directly or as a key of the theme. */
function headerColor(data: Data): string | null {
  const key = textOf(data, 'color_key')
  return key === 'bg_color' || key === 'secondary_bg_color' ? key : colorOf(data, 'color')
}

/** Answers for what no browser client offers; everything not listed anywhere is ignored. */
const REFUSALS: [method: string, event: string, answer: Data][] = [
  ['web_app_request_phone', 'phone_requested', { status: 'cancelled' }],
  ['web_app_open_scan_qr_popup', 'scan_qr_popup_closed', {}],
  ['web_app_request_fullscreen', 'fullscreen_failed', { error: 'UNSUPPORTED' }],
  ['web_app_check_home_screen', 'home_screen_checked', { status: 'unsupported' }],
  ['web_app_add_to_home_screen', 'home_screen_failed', { error: 'UNSUPPORTED' }],
  ['web_app_biometry_get_info', 'biometry_info_received', { available: false }],
  ['web_app_set_emoji_status', 'emoji_status_failed', { error: 'UNSUPPORTED' }],
  ['web_app_request_emoji_status_access', 'emoji_status_access_requested', { status: 'cancelled' }],
  ['web_app_request_file_download', 'file_download_requested', { status: 'cancelled' }],
  ['web_app_send_prepared_message', 'prepared_message_failed', { error: 'UNSUPPORTED' }],
  ['web_app_check_location', 'location_checked', { available: false }],
  ['web_app_request_location', 'location_requested', { available: false }],
  ['web_app_start_accelerometer', 'accelerometer_failed', { error: 'UNSUPPORTED' }],
  ['web_app_start_gyroscope', 'gyroscope_failed', { error: 'UNSUPPORTED' }],
  ['web_app_start_device_orientation', 'device_orientation_failed', { error: 'UNSUPPORTED' }],
]

/** Same, with the request's id in the answer. */
const STORAGE_METHODS = ['save_key', 'get_key', 'clear', 'restore_key'].flatMap((action) =>
  ['device_storage', 'secure_storage'].map((store) => [`web_app_${store}_${action}`, store]),
)

const METHODS = new Map<string, Method>([
  ['iframe_ready', (host) => host.send('fullscreen_changed', { is_fullscreen: false })],
  ['iframe_will_reload', (host) => host.update({ ready: false })],
  ['web_app_ready', (host) => host.update({ ready: true })],
  ['web_app_close', (host) => closeMiniApp(host.session.key)],
  ['web_app_expand', (host) => host.sendViewport()],
  ['web_app_request_viewport', (host) => host.sendViewport()],
  [
    'web_app_request_theme',
    (host) => host.send('theme_changed', { theme_params: themeParams(getState().theme) }),
  ],
  ['web_app_request_safe_area', (host) => host.send('safe_area_changed', NO_INSETS)],
  [
    'web_app_request_content_safe_area',
    (host) => host.send('content_safe_area_changed', NO_INSETS),
  ],
  ['web_app_setup_main_button', (host, data) => host.update({ main: readBottomButton(data) })],
  [
    'web_app_setup_secondary_button',
    (host, data) =>
      host.update({ secondary: readBottomButton(data), secondaryPosition: readPosition(data) }),
  ],
  [
    'web_app_setup_back_button',
    (host, data) => host.update({ backButton: data.is_visible === true }),
  ],
  [
    'web_app_setup_settings_button',
    (host, data) => host.update({ settingsButton: data.is_visible === true }),
  ],
  [
    'web_app_setup_closing_behavior',
    (host, data) => host.update({ confirmClose: data.need_confirmation === true }),
  ],
  ['web_app_set_header_color', (host, data) => host.update({ headerColor: headerColor(data) })],
  [
    'web_app_set_background_color',
    (host, data) => host.update({ backgroundColor: colorOf(data, 'color') }),
  ],
  [
    'web_app_set_bottom_bar_color',
    (host, data) => host.update({ bottomBarColor: colorOf(data, 'color') }),
  ],
  [
    'web_app_open_link',
    (_host, data) => {
      const url = webLink(textOf(data, 'url'))
      if (url) openLink(url)
    },
  ],
  [
    'web_app_open_tg_link',
    (_host, data) =>
      void openTelegramLink(`https://t.me/${textOf(data, 'path_full').replace(/^\/+/, '')}`),
  ],
  [
    'web_app_open_invoice',
    (host, data) => void openPayment(textOf(data, 'slug'), host.session.key),
  ],
  [
    'web_app_trigger_haptic_feedback',
    (host, data) => host.pulse(textOf(data, 'type') === 'notification'),
  ],
  ['web_app_open_popup', openPopup],
  ['web_app_request_write_access', requestWriteAccess],
  [
    'web_app_read_text_from_clipboard',
    (host, data) =>
      host.send('clipboard_text_received', { req_id: textOf(data, 'req_id'), data: null }),
  ],
  [
    'web_app_invoke_custom_method',
    (host, data) =>
      host.send('custom_method_invoked', { req_id: textOf(data, 'req_id'), error: 'UNSUPPORTED' }),
  ],
  ...REFUSALS.map(([method, event, answer]): [string, Method] => [
    method,
    (host) => host.send(event, answer),
  ]),
  ...STORAGE_METHODS.map(([method = '', store = '']): [string, Method] => [
    method,
    (host, data) =>
      host.send(`${store}_failed`, { req_id: textOf(data, 'req_id'), error: 'UNSUPPORTED' }),
  ]),
])

/** One message of the Mini App: a JSON string `{eventType, eventData}`. Anything else is ignored. */
export function receive(host: Host, message: unknown): void {
  if (typeof message !== 'string') return
  let parsed: unknown
  try {
    parsed = JSON.parse(message)
  } catch {
    return
  }
  const { eventType, eventData } = asData(parsed)
  if (typeof eventType !== 'string') return
  METHODS.get(eventType)?.(host, asData(eventData))
}
