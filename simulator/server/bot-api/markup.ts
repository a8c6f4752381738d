import { badRequest } from '@/simulator/server/errors'
import { isRecord, parseJson } from '@/simulator/server/json'
import type { InlineButton } from '@/simulator/wire'
import type { Params } from './params'

const MAX_CALLBACK_BYTES = 64

function fail(text: string): never {
  throw badRequest(`can't parse inline keyboard button: ${text}`)
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || /^(127\.[\d.]+|\[::1\])$/.test(host)
}

function buttonUrl(raw: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(raw) ? raw : `http://${raw}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
  if (url === undefined || !['http:', 'https:', 'tg:', 'ton:'].includes(url.protocol)) {
    throw badRequest(`inline keyboard button URL '${raw}' is invalid: Wrong HTTP URL`)
  }
  return withScheme
}

/** Telegram wants https; like its test environment, the simulator lets loopback do without. */
export function webAppUrl(raw: string): string {
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  const isAllowed =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!isAllowed) {
    const reason = 'Only HTTPS links are allowed'
    throw badRequest(`inline keyboard button Web App URL '${raw}' is invalid: ${reason}`)
  }
  return raw
}

/** The first member that Telegram's parser looks at wins; the rest is ignored. */
function button(value: unknown): InlineButton {
  if (!isRecord(value)) fail('InlineKeyboardButton must be an Object')
  const { text, url, callback_data, pay, web_app } = value
  if (typeof text !== 'string') fail('Can\'t find field "text"')
  if (text === '') throw badRequest('inline keyboard button text must be non-empty')
  if (typeof url === 'string') return { text, url: buttonUrl(url) }
  if (typeof callback_data === 'string') {
    const size = Buffer.byteLength(callback_data)
    if (size === 0 || size > MAX_CALLBACK_BYTES) throw badRequest('BUTTON_DATA_INVALID')
    return { text, callback_data }
  }
  if (pay !== undefined) return { text, pay: true }
  const query = value.switch_inline_query ?? value.switch_inline_query_current_chat
  if (query !== undefined || value.callback_game !== undefined) return { text }
  const login = value.login_url
  if (isRecord(login) && typeof login.url === 'string') return { text, url: buttonUrl(login.url) }
  if (isRecord(web_app) && typeof web_app.url === 'string') {
    return { text, web_app: { url: webAppUrl(web_app.url) } }
  }
  if (value.copy_text !== undefined) return { text }
  return fail('Text buttons are unallowed in the inline keyboard')
}

/** The inline keyboard of a call; other kinds of reply markup are accepted and not shown. */
export function inlineKeyboard(params: Params): InlineButton[][] | undefined {
  const raw = params.get('reply_markup')
  if (raw === '') return undefined
  const parsed = parseJson(raw)
  if (parsed === undefined) throw badRequest("can't parse reply keyboard markup JSON object")
  if (!isRecord(parsed.value)) throw badRequest('object expected as reply markup')
  const rows = parsed.value.inline_keyboard
  if (rows === undefined) return undefined
  if (!Array.isArray(rows)) {
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
  }
  const keyboard: InlineButton[][] = []
  for (const row of rows) {
    if (!Array.isArray(row)) {
      throw badRequest("can't parse inline keyboard: expected an Array of button rows")
    }
    if (row.length > 0) keyboard.push(row.map(button))
  }
  return keyboard.length > 0 ? keyboard : undefined
}
