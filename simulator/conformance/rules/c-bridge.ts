import { inClient, leftOut, section } from '@/simulator/conformance/rule'

const UNPROVED = 'The client does it; no browser test of its own proves it.'

const SCRIPT = 'This is what the app’s own script does; a host can neither do nor prevent it.'
const UNSUPPORTED =
  'host: what a browser cannot do is answered as a browser client answers it' as const
const MAIN = 'host: a main button is drawn, pressed and replaced as a whole' as const
const STARTUP =
  'host: the official script starts up and learns theme, viewport and safe areas' as const

export const bridge = section('C.3 The bridge', undefined, {
  'C.3-talk-1': inClient(
    'Both sides say eventType and eventData as JSON text; the host hears only its own frame.',
    'host: talks JSON both ways and listens only to the frame it opened',
  ),
  'C.3-talk-2': inClient(
    'A shipped bundle speaks to https://web.telegram.org only.',
    'host: serves a shipped bundle as https://web.telegram.org in a cross-site frame without cookies',
  ),
  'C.3-talk-3': leftOut(
    'Native clients are spoken to through an injected object.',
    'All clients here are pages; Android differs in what it answers.',
  ),
  'C.3-talk-4': inClient('Unknown methods are ignored.', 'host: unknown methods are ignored'),
  'C.3-talk-5': leftOut('Versions are compared number by number.', UNPROVED),
  'C.3-talk-6': leftOut('A t.me link without target breaks in SDK 8.', SCRIPT),
  'C.3-frame-1': inClient(
    'The frame has Web A’s sandbox and permissions.',
    'host: the frame carries the sandbox and the permissions of Web A',
  ),
  'C.3-start-1': inClient(
    'iframe_ready is answered with a style; reload_iframe reloads.',
    'host: answers iframe_ready with a style and survives reload_iframe',
  ),
  'C.3-start-2': inClient('The script’s requests for theme and sizes are answered.', STARTUP),
  'C.3-start-3': inClient(
    'web_app_ready ends the placeholder.',
    'host: a placeholder stands until web_app_ready',
  ),
  'C.3-start-4': inClient('Safe areas are told on request.', STARTUP),
  'C.3-theme-1': inClient(
    'Theme and viewport are told again when they change; a browser is always expanded.',
    'host: theme and viewport follow the client',
  ),
  'C.3-main-1': inClient('The main button is drawn and reports its press.', MAIN),
  'C.3-main-2': inClient('Each call replaces the whole button in Web A.', MAIN),
  'C.3-main-3': inClient('A button without text is hidden.', MAIN),
  'C.3-second-1': inClient(
    'The secondary button has a position.',
    'host: a secondary button takes its place beside the main one',
  ),
  'C.3-back-1': inClient(
    'Back and settings buttons are shown and report.',
    'host: back and settings buttons come, go and report',
  ),
  'C.3-close-1': inClient(
    'Closing asks when the app wants it; Web A never forgets it.',
    'host: closing asks first when the app wants it, and always in Web A once asked',
  ),
  'C.3-swipe-1': leftOut('Swipes may be forbidden.', 'Pages are not swiped away.'),
  'C.3-colour-1': inClient(
    'Header, background and bottom bar take colours.',
    'host: header, background and bottom bar take the colours of the app',
  ),
  'C.3-link-1': inClient(
    'Links open outside, http and https only.',
    'host: links open outside, and only http and https',
  ),
  'C.3-haptic-1': inClient('Haptics do nothing on the web.', 'host: haptics show as a pulse'),
  'C.3-popup-1': inClient(
    'A popup reports its button, or none when dismissed.',
    'host: a popup answers with its button, or without one when dismissed',
  ),
  'C.3-popup-2': inClient(
    'Web A refuses blank, crowded, second and rapid popups at once.',
    'host: popups that Web A refuses are answered at once',
  ),
  'C.3-web-1': inClient('No scanner: scan_qr_popup_closed at once.', UNSUPPORTED),
  'C.3-web-2': inClient('No clipboard: data is null.', UNSUPPORTED),
  'C.3-web-3': inClient('No biometry: available is false.', UNSUPPORTED),
  'C.3-web-4': inClient('No home screen: unsupported, or failed.', UNSUPPORTED),
  'C.3-web-5': inClient('Fullscreen fails or changes as the client can.', UNSUPPORTED),
  'C.3-web-6': inClient('Status, files, messages, places and sensors fail.', UNSUPPORTED),
  'C.3-web-7': inClient('No secure storage: UNSUPPORTED.', UNSUPPORTED),
  'C.3-web-8': leftOut(
    'Stories and orientation do nothing.',
    'Nothing is what an unknown method does.',
  ),
  'C.3-store-1': inClient(
    'Cloud storage and device storage keep and return values.',
    'host: cloud and device storage keep what the app puts there',
  ),
  'C.3-ask-1': inClient(
    'Write access and phone are asked, answered, and at once when granted.',
    'host: write access and phone number are asked for once and answered',
  ),
  'C.3-data-1': leftOut('web_app_data_send closes and sends.', 'Only for reply keyboards.'),
  'C.3-inline-1': leftOut('web_app_switch_inline_query closes.', UNPROVED),
  'C.3-chat-1': leftOut('web_app_request_chat.', 'There are no other chats to choose.'),
})
