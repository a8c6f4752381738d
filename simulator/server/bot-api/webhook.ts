import { isIP } from 'node:net'
import { Webhook, type WebhookSettings } from '@/simulator/server/delivery/webhook'
import { ApiError, badRequest, tooManyRequests } from '@/simulator/server/errors'
import { parseJson } from '@/simulator/server/json'
import { type Call, Described, type Method, Raw } from './call'
import { runReply } from './reply'

const LOCAL_MAX_CONNECTIONS = 100_000
const STRICT_MAX_CONNECTIONS = 100

/** Omitted, unreadable or partly wrong lists keep the previous setting. */
function applyAllowedUpdates({ bot, params }: Call): void {
  const parsed = parseJson(params.get('allowed_updates'))
  if (parsed === undefined || !Array.isArray(parsed.value)) return
  const names: unknown[] = parsed.value
  if (!names.every((name) => typeof name === 'string')) return
  bot.outbox.setAllowed(names)
}

function isUnchanged({ bot, params, world }: Call, rawUrl: string): boolean {
  const current = bot.webhook?.settings
  if (params.bool('drop_pending_updates')) return false
  if (rawUrl === '') return current === undefined
  return (
    current?.rawUrl === rawUrl &&
    current.secret === params.get('secret_token') &&
    current.maxConnections === maxConnections(params, world.strictWebhooks)
  )
}

function maxConnections(params: Call['params'], strict: boolean): number {
  return params.int(
    'max_connections',
    40,
    1,
    strict ? STRICT_MAX_CONNECTIONS : LOCAL_MAX_CONNECTIONS,
  )
}

function checkUrl(rawUrl: string, strict: boolean): URL {
  const withScheme = /^[a-z]+:\/\//i.test(rawUrl) ? rawUrl : `http://${rawUrl}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || /\s/.test(rawUrl)) {
    throw badRequest('invalid webhook URL specified')
  }
  return strict ? checkStrict(url) : url
}

function checkStrict(url: URL): URL {
  const bad = (text: string) => badRequest(`bad webhook: ${text}`)
  if (url.protocol !== 'https:') throw bad('An HTTPS URL must be provided for webhook')
  if (!['', '80', '88', '443', '8443'].includes(url.port)) {
    throw bad('Webhook can be set up only on ports 80, 88, 443 or 8443')
  }
  if (url.hostname.startsWith('[')) throw bad('IPv6-only addresses are not allowed')
  if (/^(127|10|0)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\./.test(url.hostname)) {
    throw bad(`IP address ${url.hostname} is reserved`)
  }
  return url
}

function checkSettings(call: Call, rawUrl: string): WebhookSettings {
  const { params, world } = call
  const url = checkUrl(rawUrl, world.strictWebhooks)
  const secret = params.get('secret_token')
  if (secret.length > 256) throw badRequest('secret token is too long')
  if (!/^[A-Za-z0-9_-]*$/.test(secret))
    throw badRequest('secret token contains unallowed characters')
  return { url, rawUrl, secret, maxConnections: maxConnections(params, world.strictWebhooks) }
}

/**
 * The old webhook is taken down before the new values are looked at: a refused setWebhook leaves
 * the bot without any, as on the real server.
 */
function changeWebhook(call: Call, rawUrl: string): Described {
  const { bot, world, params } = call
  if (rawUrl !== '') {
    const now = world.clock.now()
    if (now - bot.lastSetWebhook < 1000) throw tooManyRequests(1)
    bot.lastSetWebhook = now
  }
  if (isUnchanged(call, rawUrl)) {
    applyAllowedUpdates(call)
    return new Described(true, `Webhook is already ${rawUrl === '' ? 'deleted' : 'set'}`)
  }
  bot.webhook?.close()
  bot.webhook = undefined
  if (params.bool('drop_pending_updates')) bot.outbox.clear()
  if (rawUrl === '') return new Described(true, 'Webhook was deleted')
  const settings = checkSettings(call, rawUrl)
  applyAllowedUpdates(call)
  bot.polling.terminate('setWebhook request')
  bot.webhook = new Webhook(world, bot, settings, (owner, type, body) => {
    return runReply(world, owner, call.isTest, type, body)
  })
  bot.webhook.start()
  return new Described(true, 'Webhook was set')
}

function addressOf(host: string): string {
  if (isIP(host) !== 0) return host
  return host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : '<unknown>'
}

const getWebhookInfo: Method = ({ bot }) => {
  const { webhook, outbox } = bot
  return {
    url: webhook?.settings.rawUrl ?? '',
    has_custom_certificate: false,
    pending_update_count: outbox.pendingCount(),
    ip_address: webhook && addressOf(webhook.settings.url.hostname),
    last_error_date: webhook?.lastError?.date,
    last_error_message: webhook?.lastError?.message,
    max_connections: webhook?.settings.maxConnections,
    allowed_updates: outbox.allowed,
  }
}

const getUpdates: Method = async (call) => {
  const { bot, params, signal } = call
  if (bot.webhook !== undefined) {
    throw new ApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  }
  applyAllowedUpdates(call)
  const limit = params.int('limit', 100, 1, 100)
  const timeout = params.int('timeout', 0, 0, 50)
  const offset = params.int('offset', 0, -(2 ** 31), 2 ** 31 - 1)
  const leave = () => bot.polling.leave()
  signal?.addEventListener('abort', leave, { once: true })
  try {
    const updates = await bot.polling.poll(offset, limit, timeout)
    return new Raw(`[${updates.join(',\n')}]`)
  } finally {
    signal?.removeEventListener('abort', leave)
  }
}

export const webhookMethods: Record<string, Method> = {
  setWebhook: (call) => changeWebhook(call, call.params.get('url').trim()),
  deleteWebhook: (call) => changeWebhook(call, ''),
  getWebhookInfo,
  getUpdates,
}
