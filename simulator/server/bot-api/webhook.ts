import { isIP, isIPv4 } from 'node:net'
import type { Bot } from '@/simulator/server/bot'
import type { WebhookSettings } from '@/simulator/server/delivery/settings'
import { Webhook } from '@/simulator/server/delivery/webhook'
import { ApiError, badRequest, tooManyRequests } from '@/simulator/server/errors'
import { parseJson } from '@/simulator/server/json'
import { type Call, Described, type Method } from './call'
import { runReply } from './reply'
import { checkAddress, parseUrl } from './webhook-url'

const LOCAL_MAX_CONNECTIONS = 100_000
const STRICT_MAX_CONNECTIONS = 100
const MAX_SECRET = 256

/** Omitted, unreadable or partly wrong lists keep the previous setting. */
export function applyAllowedUpdates({ bot, params }: Call): void {
  const parsed = parseJson(params.get('allowed_updates'))
  if (parsed === undefined || !Array.isArray(parsed.value)) return
  const names: unknown[] = parsed.value
  if (!names.every((name) => typeof name === 'string')) return
  bot.outbox.setAllowed(names)
}

function isUnchanged(call: Call, rawUrl: string): boolean {
  const { bot, params } = call
  const current = bot.webhook?.settings
  if (params.bool('drop_pending_updates')) return false
  if (rawUrl === '') return current === undefined
  return (
    current?.rawUrl === rawUrl &&
    current.secret === params.get('secret_token') &&
    current.ipAddress === ipAddress(call) &&
    current.maxConnections === maxConnections(call)
  )
}

function maxConnections({ params, world }: Call): number {
  const isStrict = world.settings.webhooks === 'strict'
  return params.int(
    'max_connections',
    40,
    1,
    isStrict ? STRICT_MAX_CONNECTIONS : LOCAL_MAX_CONNECTIONS,
  )
}

function ipAddress({ params }: Call): string {
  const raw = params.get('ip_address')
  return isIPv4(raw) ? raw : ''
}

/** First what the parser refuses, then what the webhook itself would not connect to. */
async function checkSettings(call: Call, rawUrl: string): Promise<WebhookSettings> {
  const url = parseUrl(rawUrl)
  const secret = call.params.get('secret_token')
  if (secret.length > MAX_SECRET) throw badRequest('secret token is too long')
  if (!/^[A-Za-z0-9_-]*$/.test(secret)) {
    throw badRequest('secret token contains unallowed characters')
  }
  const ip = ipAddress(call)
  if (call.world.settings.webhooks === 'strict') await checkAddress(url, ip)
  return { url, rawUrl, secret, maxConnections: maxConnections(call), ipAddress: ip }
}

/** Another setWebhook that comes in the meantime takes over, and this call is told so. */
async function closeOld(bot: Bot, old: Webhook): Promise<void> {
  bot.webhook = undefined
  const superseded = new Promise<never>((_resolve, reject) => {
    bot.supersede = () => reject(new ApiError(409, 'Conflict: terminated by other setWebhook'))
  })
  await Promise.race([old.close(), superseded])
  bot.supersede = undefined
}

/**
 * The old webhook is taken down before the new values are looked at: a refused setWebhook leaves
 * the bot without any, as on the real server.
 */
async function changeWebhook(call: Call, rawUrl: string): Promise<Described> {
  const { bot, world, params } = call
  if (rawUrl !== '') {
    const now = world.clock.now()
    if (now - bot.lastSetWebhook < 1000) throw tooManyRequests(1)
    bot.lastSetWebhook = now
  }
  bot.supersede?.()
  bot.supersede = undefined
  if (isUnchanged(call, rawUrl)) {
    applyAllowedUpdates(call)
    return new Described(true, `Webhook is already ${rawUrl === '' ? 'deleted' : 'set'}`)
  }
  if (bot.webhook !== undefined) await closeOld(bot, bot.webhook)
  if (params.bool('drop_pending_updates')) bot.outbox.clear()
  if (rawUrl === '') return new Described(true, 'Webhook was deleted')
  const settings = await checkSettings(call, rawUrl)
  applyAllowedUpdates(call)
  bot.polling.terminate('setWebhook request')
  bot.webhook = new Webhook(world, bot, settings, (owner, type, body) => {
    return runReply(world, owner, call.isTest, type, body)
  })
  bot.webhook.start()
  return new Described(true, 'Webhook was set')
}

function addressOf({ url, ipAddress: fixed }: WebhookSettings): string {
  const host = url.hostname
  if (fixed !== '') return fixed
  if (isIP(host) !== 0) return host
  return host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : '<unknown>'
}

const getWebhookInfo: Method = ({ bot }) => {
  const { webhook, outbox } = bot
  return {
    url: webhook?.settings.rawUrl ?? '',
    has_custom_certificate: false,
    pending_update_count: outbox.pendingCount(),
    ip_address: webhook && addressOf(webhook.settings),
    last_error_date: webhook?.lastError?.date,
    last_error_message: webhook?.lastError?.message,
    max_connections: webhook?.settings.maxConnections,
    allowed_updates: outbox.allowed,
  }
}

export const webhookMethods: Record<string, Method> = {
  setWebhook: (call) => changeWebhook(call, call.params.get('url').trim()),
  deleteWebhook: (call) => changeWebhook(call, ''),
  getWebhookInfo,
}
