import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/domain/admins/set-role'
import { db } from '@/lib/platform/db'
import { botId, env } from '@/lib/platform/env'
import { allowedUpdates, webhookUrl } from '@/lib/telegram/webhook'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { examine } from './checks'

const system = { kind: 'system' } as const
let api: FakeBotApi
let webhook: object

const wellWebhook = () => ({
  url: webhookUrl(),
  pending_update_count: 0,
  allowed_updates: [...allowedUpdates],
})

/** Name → `ok`, or what to do. */
async function table(): Promise<Record<string, string>> {
  const rows = examine(system).map(async ({ name, outcome }) => {
    const { ok, remedy } = await outcome
    return [name, ok ? 'ok' : remedy] as const
  })
  return Object.fromEntries(await Promise.all(rows))
}

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('getMe', () => ({ id: botId(), username: env().TELEGRAM_BOT_USERNAME }))
  api.answer('getWebhookInfo', () => webhook)
  api.answer('getChatMenuButton', () => ({
    type: 'web_app',
    text: 'Plans',
    web_app: { url: `${env().APP_URL}/app` },
  }))
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  webhook = wellWebhook()
  Object.assign(env(), {
    ADMIN_TELEGRAM_IDS: [900_000_001],
    UPSTASH_REDIS_REST_URL: undefined,
    UPSTASH_REDIS_REST_TOKEN: undefined,
  })
  await db().adminRole.deleteMany()
})

const checked = [
  'bot token',
  'webhook',
  'allowed updates',
  'menu button',
  'https',
  'clock',
  'database',
  'migrations',
  'redis',
  'alerts',
]

describe('the doctor', () => {
  it('finds nothing in a shop that is well', async () => {
    expect(await table()).toEqual(Object.fromEntries(checked.map((name) => [name, 'ok'])))
  })

  it('says what to do about each thing by itself', async () => {
    webhook = { ...wellWebhook(), url: 'https://other.test/', allowed_updates: ['message'] }
    api.refuse('getChatMenuButton', 500, 'Internal Server Error')
    const found = await table()
    expect(found.webhook).toMatch(/"https:\/\/other.test\/", not .*telegram:setup/)
    expect(found['allowed updates']).toMatch(/^pre_checkout_query, .*would not arrive/)
    expect(found['menu button']).toContain('500')
    expect(found['bot token']).toBe('ok')
  })

  it('says, without failing, that nobody hears of money in review until somebody may settle it', async () => {
    const alerts = () => examine(system).find((check) => check.name === 'alerts')?.outcome
    const nobody = { ok: true, remedy: expect.stringContaining('nobody hears of money in review') }
    env().ADMIN_TELEGRAM_IDS = []
    expect(await alerts()).toEqual(nobody)
    await setRole(system, 81, 'viewer', 'looks')
    expect(await alerts()).toEqual(nobody)
    await setRole(system, 82, 'support', 'helps')
    expect(await alerts()).toEqual({ ok: true, remedy: '' })
  })

  it('shows no secret, whatever a service answers', async () => {
    const token = 'redis-token-that-nobody-may-see'
    const server = createServer((_, response) => response.writeHead(401).end(token))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server on a TCP port has an address object.
    const { port } = server.address() as AddressInfo
    Object.assign(env(), {
      UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${port}`,
      UPSTASH_REDIS_REST_TOKEN: token,
    })
    const bot = env().TELEGRAM_BOT_TOKEN
    for (const method of ['getMe', 'getWebhookInfo', 'getChatMenuButton']) {
      api.refuse(method, 401, `Unauthorized: bot${bot}`)
    }
    const found = await table()
    server.close()
    expect(found.redis).toBe('UPSTASH_REDIS_REST_URL answers 401')
    expect(found['bot token']).toContain('401')
    for (const secret of [token, bot, env().TELEGRAM_WEBHOOK_SECRET[0]]) {
      expect(JSON.stringify(found)).not.toContain(secret)
    }
  })

  it('lets no viewer without a role look', () => {
    const stranger = { kind: 'admin', telegramUserId: 1, firstName: '', role: 'nobody', from: '' }
    // Roles come from the database; one of a later version has no power here.
    expect(() => examine(stranger as unknown as Parameters<typeof examine>[0])).toThrow()
  })
})
