import { closeMiniApp } from '@/simulator/client/mini-app'
import { type Host, type Methods, method } from './host'
import { colorOf, type Data, readBottomButton, readPosition, textOf } from './host-state'

/** The page and what surrounds it. */

/** Scroll bars in the theme's colours; the official script takes it from web.telegram.org only. */
const STYLE =
  '::-webkit-scrollbar{width:6px}::-webkit-scrollbar-thumb{border-radius:3px;background:rgb(128 128 140/45%)}'

/** A colour given directly or as a key of the theme. */
function headerColor(data: Data): string | null {
  const key = textOf(data, 'color_key')
  return key === 'bg_color' || key === 'secondary_bg_color' ? key : colorOf(data, 'color')
}

function setupClosing({ client, update }: Host, data: Data): void {
  update({ confirmClose: client.closingSticks || data.need_confirmation === true })
}

function requestFullscreen({ state, update, send }: Host): void {
  if (state().fullscreen) send('fullscreen_failed', { error: 'ALREADY_FULLSCREEN' })
  else update({ fullscreen: true, expanded: true })
}

const starting: Methods = {
  iframe_ready: method('6.0', ({ client, send, update }, data) => {
    update({ canReload: data.reload_supported === true })
    if (client.isWeb) send('set_custom_style', STYLE)
  }),
  iframe_will_reload: method('6.0', ({ update }) => update({ ready: false })),
  web_app_ready: method('6.0', ({ update }) => update({ ready: true })),
  web_app_close: method('6.0', ({ session }) => closeMiniApp(session.key)),
  web_app_expand: method('6.0', ({ client, update, sendViewport }) => {
    update({ expanded: true })
    // Where it was half high before, the change of size is told when it happens.
    if (client.isMobile) sendViewport()
  }),
}

const surroundings: Methods = {
  web_app_request_theme: method('6.0', ({ sendTheme }) => sendTheme()),
  web_app_request_viewport: method('6.0', ({ sendViewport }) => sendViewport()),
  web_app_request_safe_area: method('8.0', ({ sendSafeAreas }) => sendSafeAreas()),
  web_app_request_content_safe_area: method('8.0', ({ sendSafeAreas }) => sendSafeAreas()),
  web_app_request_fullscreen: method('8.0', requestFullscreen),
  web_app_exit_fullscreen: method('8.0', ({ update }) => update({ fullscreen: false })),
  web_app_toggle_orientation_lock: method('8.0', () => {}),
  web_app_hide_keyboard: method('9.1', () => {}),
  web_app_setup_swipe_behavior: method('7.7', () => {}),
  web_app_setup_closing_behavior: method('6.0', setupClosing),
  web_app_set_header_color: method('6.1', ({ update }, data) =>
    update({ headerColor: headerColor(data) }),
  ),
  web_app_set_background_color: method('6.1', ({ update }, data) =>
    update({ backgroundColor: colorOf(data, 'color') }),
  ),
  web_app_set_bottom_bar_color: method('7.10', ({ update }, data) =>
    update({ bottomBarColor: colorOf(data, 'color') }),
  ),
}

const buttons: Methods = {
  web_app_setup_main_button: method('6.0', ({ update, surroundingsChanged }, data) => {
    update({ main: readBottomButton(data) })
    surroundingsChanged()
  }),
  web_app_setup_secondary_button: method('7.10', ({ update, surroundingsChanged }, data) => {
    update({ secondary: readBottomButton(data), secondaryPosition: readPosition(data) })
    surroundingsChanged()
  }),
  web_app_setup_back_button: method('6.1', ({ update }, data) =>
    update({ backButton: data.is_visible === true }),
  ),
  web_app_setup_settings_button: method('6.10', ({ update }, data) =>
    update({ settingsButton: data.is_visible === true }),
  ),
  web_app_trigger_haptic_feedback: method('6.1', ({ client, pulse }, data) => {
    if (client.isMobile) pulse(textOf(data, 'type') === 'notification')
  }),
}

export const pageMethods: Methods = { ...starting, ...surroundings, ...buttons }
