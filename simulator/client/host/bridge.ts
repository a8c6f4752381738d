import { recordBridge } from '@/simulator/client/bridge-log'
import { isAtLeast } from '@/simulator/client/personality'
import { type Host, type Methods, method } from './host'
import { asData } from './host-state'
import { pageMethods } from './page-methods'
import { personMethods } from './person-methods'
import { storageMethods } from './storage-methods'
import { wayOutMethods } from './way-out-methods'

const UNSUPPORTED = { error: 'UNSUPPORTED' }

/** Answers for what no client here offers: name, since when, event, what it says. */
const REFUSALS: [name: string, since: string, event: string, answer: object][] = [
  ['web_app_biometry_get_info', '7.2', 'biometry_info_received', { available: false }],
  ['web_app_biometry_request_access', '7.2', 'biometry_info_received', { available: false }],
  ['web_app_biometry_request_auth', '7.2', 'biometry_auth_requested', { status: 'failed' }],
  ['web_app_biometry_update_token', '7.2', 'biometry_token_updated', { status: 'failed' }],
  ['web_app_set_emoji_status', '8.0', 'emoji_status_failed', UNSUPPORTED],
  [
    'web_app_request_emoji_status_access',
    '8.0',
    'emoji_status_access_requested',
    { status: 'cancelled' },
  ],
  ['web_app_request_file_download', '8.0', 'file_download_requested', { status: 'cancelled' }],
  ['web_app_send_prepared_message', '8.0', 'prepared_message_failed', UNSUPPORTED],
  ['web_app_check_location', '8.0', 'location_checked', { available: false }],
  ['web_app_request_location', '8.0', 'location_requested', { available: false }],
  ['web_app_start_accelerometer', '8.0', 'accelerometer_failed', UNSUPPORTED],
  ['web_app_start_gyroscope', '8.0', 'gyroscope_failed', UNSUPPORTED],
  ['web_app_start_device_orientation', '8.0', 'device_orientation_failed', UNSUPPORTED],
  ['web_app_request_chat', '9.6', 'requested_chat_failed', UNSUPPORTED],
]

const refusals: Methods = Object.fromEntries(
  REFUSALS.map(([name, since, event, answer]) => [
    name,
    method(since, ({ send }, { req_id }) =>
      send(event, typeof req_id === 'string' ? { ...answer, req_id } : answer),
    ),
  ]),
)

const METHODS = new Map(
  Object.entries({
    ...pageMethods,
    ...personMethods,
    ...wayOutMethods,
    ...storageMethods,
    ...refusals,
    web_app_share_to_story: method('7.8', () => {}),
  }),
)

/**
 * One message of the Mini App: a JSON string `{eventType, eventData}`. What is no such string, what
 * nobody knows and what is newer than the client is ignored, as the real ones do, and noted.
 */
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
  const found = METHODS.get(eventType)
  const line = { direction: 'app', name: eventType, data: eventData } as const
  if (!found) {
    recordBridge({ ...line, note: 'Ignored: there is no such method.' })
  } else if (!isAtLeast(host.session.version, found.since)) {
    const note = `Ignored: needs ${found.since}, this client speaks ${host.session.version}.`
    recordBridge({ ...line, note })
  } else {
    recordBridge(line)
    found.run(host, asData(eventData))
  }
}
