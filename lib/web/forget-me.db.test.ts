import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET as getMyEntitlements } from '@/app/api/v1/me/entitlements/route'
import { DELETE } from '@/app/api/v1/me/route'
import { sessionCookieName } from '@/lib/auth/cookies'
import { openSession } from '@/lib/domain/users/open-session'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'

let api: FakeBotApi
let ann: PersonActor
let cookie: string

const none = { params: Promise.resolve({}) }
const request = (headers: Record<string, string>, method = 'DELETE') =>
  new Request('https://plans.test/api/v1/me', { method, headers })
const row = () => db().user.findUniqueOrThrow({ where: { telegramUserId: ann.telegramUserId } })

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(async () => {
  ann = makePerson({ firstName: 'Annabella' })
  const session = await openSession(ann)
  const token = { sub: String(ann.telegramUserId), version: session?.sessionVersion }
  const value = await encode({ token, secret: env().NEXTAUTH_SECRET })
  cookie = `${sessionCookieName()}=${value}`
})

describe('DELETE /api/v1/me', () => {
  it('answers 204 with nothing and forgets the person, by init data of the last hour', async () => {
    const authorization = `tma ${makeInitData(ann, { ageSeconds: 3500 })}`
    const response = await DELETE(request({ authorization }), none)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await row()).toMatchObject({ firstName: '', deletedAt: expect.any(Date) })
  })

  it('answers 401 to older init data, and deletes nothing', async () => {
    const authorization = `tma ${makeInitData(ann, { ageSeconds: 3700 })}`
    const response = await DELETE(request({ authorization }), none)
    expect([response.status, (await response.json()).code]).toEqual([401, 'init_data_expired'])
    expect(await row()).toMatchObject({ firstName: 'Annabella', deletedAt: null })
  })

  it('takes a session from our own pages, which is over afterwards', async () => {
    const ours = { cookie, origin: env().APP_URL }
    expect((await DELETE(request(ours), none)).status).toBe(204)
    expect((await row()).deletedAt).not.toBeNull()
    expect((await getMyEntitlements(request({ cookie }, 'GET'), none)).status).toBe(401)
    expect((await DELETE(request(ours), none)).status).toBe(401)
  })

  it.each([
    ['no origin', {}],
    ['another origin', { origin: 'https://evil.example' }],
    ['a cross-site mark', { origin: 'https://plans.test', 'sec-fetch-site': 'cross-site' }],
  ])('refuses a session with %s, and deletes nothing', async (_, headers) => {
    const response = await DELETE(request({ cookie, ...headers }), none)
    expect([response.status, (await response.json()).code]).toEqual([403, 'forbidden_origin'])
    expect((await row()).deletedAt).toBeNull()
  })
})
