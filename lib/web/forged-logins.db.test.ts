import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET as getMetrics } from '@/app/api/metrics/route'
import { GET as getMyEntitlements } from '@/app/api/v1/me/entitlements/route'
import { POST as sendInvoice } from '@/app/api/v1/telegram/payment/send-invoice/route'
import { POST as validate } from '@/app/api/v1/telegram/payment/validate/route'
import type { PersonActor } from '@/lib/kit/actor'
import { env } from '@/lib/platform/env'
import { type CapturedLog, captureLog } from '@/lib/testing/captured-log'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { expectRefused, incidentsOf } from '@/lib/testing/incidents'
import { makeInitData } from '@/lib/testing/init-data'
import { type InitDataField, signInitData } from '@/lib/testing/signed-init-data'

let api: FakeBotApi
let log: CapturedLog
let ann: PersonActor

const none = { params: Promise.resolve({}) }
const call = (authorization: string, body?: string) =>
  new Request('https://plans.test/api', {
    ...(body === undefined ? {} : { method: 'POST', body }),
    headers: authorization ? { authorization } : {},
  })

const seconds = () => Math.floor(Date.now() / 1000)
const user = (): InitDataField => [
  'user',
  JSON.stringify({ id: ann.telegramUserId, first_name: 'Ann' }),
]
const date = (ahead = 0): InitDataField => ['auth_date', String(seconds() + ahead)]
const signed = (...fields: InitDataField[]) => signInitData(fields, env().TELEGRAM_BOT_TOKEN)
const good = () => signed(user(), date())

const forgeries: [string, () => string][] = [
  ['without a hash', () => good().replace(/&hash=.*/, '')],
  ['with somebody else as the user', () => good().replace(String(ann.telegramUserId), '42')],
  ['with an added field', () => `${good()}&start_param=gold_1m`],
  ['with a repeated key', () => `${good()}&auth_date=${seconds()}`],
  ['with a second hash', () => `${good()}&hash=${'0'.repeat(64)}`],
  ['with a wrong hash', () => good().replace(/hash=\w+/, `hash=${'0'.repeat(64)}`)],
  [
    'with its hash in upper case',
    () => good().replace(/hash=(\w+)/, (_, hash: string) => `hash=${hash.toUpperCase()}`),
  ],
  ['with a shortened hash', () => good().slice(0, -2)],
  [
    'with its signature removed',
    () => signed(user(), date(), ['signature', 'x'.repeat(86)]).replace(/&signature=[^&]*/, ''),
  ],
  ['signed for another bot', () => signInitData([user(), date()], '7000000002:AAEtest_of_another')],
  ['without a user', () => signed(['query_id', 'x'], date())],
  ['with a user that is no JSON', () => signed(['user', 'Ann'], date())],
  ['with an id in quotes', () => signed(['user', '{"id":"42"}'], date())],
  ['without a date', () => signed(user())],
  ['of the future', () => signed(user(), date(120))],
  ['that is nonsense', () => 'nonsense'],
]

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  log = captureLog()
})
afterAll(() => api.close())
beforeEach(() => {
  ann = makePerson()
})

describe('init data', () => {
  it('opens the door when Telegram signed it', async () => {
    expect((await getMyEntitlements(call(`tma ${good()}`), none)).status).toBe(200)
  })

  it.each(forgeries)('%s is refused, logged and counted, and changes nothing', (_, make) =>
    expectRefused(log, {
      attempt: () => getMyEntitlements(call(`tma ${make()}`), none),
      status: 401,
      body: { code: 'unauthorized' },
      kind: 'init_data_forged',
    }),
  )
})

describe('a wrong bearer token', () => {
  it('for the metrics is refused, logged and counted', () =>
    expectRefused(log, {
      attempt: () => getMetrics(call('Bearer wrong')),
      status: 401,
      kind: 'token_forged',
    }))

  it('for other services is refused, logged and counted', () =>
    expectRefused(log, {
      attempt: () => validate(call('Bearer wrong', '{}'), none),
      status: 401,
      body: { code: 'unauthorized' },
      kind: 'token_forged',
    }))
})

describe('an honest mistake is no incident', () => {
  it.each<[string, () => Promise<Response>]>([
    ['nobody is logged in', () => getMyEntitlements(call(''), none)],
    [
      'a Mini App was open for two days',
      () => getMyEntitlements(call(`tma ${makeInitData(ann, { ageSeconds: 172_800 })}`), none),
    ],
    ['somebody asks for the metrics without a token', () => getMetrics(call(''))],
    ['a body is not JSON', () => sendInvoice(call(`tma ${good()}`, '{'), none)],
  ])('when %s', async (_, attempt) => {
    expect(await incidentsOf(attempt)).toEqual([])
  })
})
