import type { ReactNode } from 'react'
import { renderToReadableStream } from 'react-dom/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { noteFinding } from '@/lib/domain/findings/note-finding'
import { keepUpdate } from '@/lib/domain/updates/keep-update'
import type { AdminActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { env } from '@/lib/platform/env'
import { addJob } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import { allowedUpdates, webhookUrl } from '@/lib/telegram/webhook'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { Doctor } from './doctor'
import { Part } from './part'
import { Findings, Queue } from './parts'
import { TelegramSays, WeKnow } from './webhook'

// A viewer sees everything of this page and has no buttons, which need the browser's router.
const viewer: AdminActor = {
  kind: 'admin',
  telegramUserId: 2,
  firstName: 'Ada',
  role: 'viewer',
  from: '127.0.0.1',
}
let api: FakeBotApi
let webhook: object

/** What a part has sent when all of it is there. */
async function draws(part: ReactNode): Promise<string> {
  const stream = await renderToReadableStream(part)
  await stream.allReady
  return new Response(stream).text()
}
const reads = async (part: ReactNode) =>
  (await draws(part)).replaceAll(/<script.*?<\/script>|<[^>]+>/gs, ' ')

const webhookPart = () =>
  Part({
    heading: 'Webhook',
    load: () => WeKnow(viewer),
    also: { away: 'silent', load: () => TelegramSays(viewer) },
  })

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('getWebhookInfo', () => webhook)
  await keepUpdate(
    { kind: 'telegram' },
    { updateId: 1, kind: 'subscription', body: {} },
    { state: 'handled' },
  )
})
afterAll(() => api.close())
beforeEach(() => {
  api.reset()
  webhook = { url: webhookUrl(), pending_update_count: 0, allowed_updates: [...allowedUpdates] }
})

describe('the webhook’s part', () => {
  it('says that all is well only when all of it is', async () => {
    expect(await reads(await webhookPart())).toContain('Telegram delivers to this shop.')
    webhook = {
      url: webhookUrl(),
      pending_update_count: 4,
      allowed_updates: ['message'],
      last_error_date: Math.floor(Date.now() / 1000) - 60,
      last_error_message: 'Connection refused',
    }
    const text = await reads(await webhookPart())
    expect(text).not.toContain('Telegram delivers to this shop.')
    expect(text).toContain('could not deliver a moment ago, and updates wait')
    expect(text).toMatch(/pre_checkout_query, .* would not arrive/)
    expect(text).toContain('Connection refused')
  })

  it('tells what we know by ourselves also while Telegram is silent', async () => {
    api.refuse('getWebhookInfo', 500, 'Internal Server Error')
    const text = await reads(await webhookPart())
    expect(text).toContain('silent')
    expect(text).toMatch(/Last update that was kept.*subscription/s)
  })
})

describe('the other parts', () => {
  it('draw the doctor’s table with every check', async () => {
    const text = await reads(await Doctor(viewer))
    for (const name of ['bot token', 'webhook', 'database', 'alerts']) expect(text).toContain(name)
    expect(text).toMatch(/migrations\s+ok/)
  })

  it('lead from a finding to its payment', async () => {
    const payment = newId()
    await noteFinding(
      { kind: 'system' },
      { kind: 'partial_refund', subject: payment, details: { payment } },
    )
    expect(await draws(await Findings(viewer))).toContain(`href="/admin/payments/${payment}"`)
  })

  it('say that jobs are stuck', async () => {
    expect(await reads(await Queue(viewer))).toContain('Jobs are done as they come.')
    await addJob('send_admin_message', { telegramUserId: 5, text: 'x' }, { key: 'old' })
    await pool().query(
      `update graphile_worker._private_jobs set run_at = now() - interval '1 hour'
       where key = 'old'`,
    )
    expect(await reads(await Queue(viewer))).toContain('Does the worker run?')
  })
})
