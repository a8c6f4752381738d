import '@/lib/testing/next-runtime'

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionCookieName } from '@/lib/auth/cookies'
import { setRole } from '@/lib/domain/admins/set-role'
import { openSession } from '@/lib/domain/users/open-session'
import { type AdminRole, adminRoles } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { hasPower, type Power } from '@/lib/kit/powers'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { TestBrowser } from '@/lib/testing/next-request'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const system = { kind: 'system' } as const

/** What a page needs to be opened with, and the power it asks for. */
type Page = { power: Power; params?: Record<string, string> }

/** A question of a stranger that was never paid: nothing can be done with it. */
const paymentId = newId()
const missingId = newId()
const stranger = 900_000_777
const reason = 'the test'

const pages: Record<string, Page> = {
  '.': { power: 'view' },
  payments: { power: 'view' },
  'payments/[id]': { power: 'view', params: { id: paymentId } },
  users: { power: 'view' },
  'users/[id]': { power: 'view', params: { id: String(stranger) } },
  plans: { power: 'view' },
  'plans/new': { power: 'edit_plans' },
  'plans/[code]': { power: 'view', params: { code: 'gold_1m' } },
  health: { power: 'view' },
  settings: { power: 'edit_settings' },
  audit: { power: 'read_audit' },
}

const routes: Record<string, Power> = {
  'payments/export': 'export',
}

/** Every server action: the power it asks for, and what to call it with. */
const draft = {
  code: 'unknown_plan',
  name: '',
  description: '',
  features: [],
  family: '',
  tier: 1,
  kind: 'one_off',
  durationDays: 30,
  goods: 'digital',
  prices: [],
}
const aboutStranger = { telegramUserId: stranger, reason }

const actions: Record<string, { power: Power; args: unknown[] }> = {
  'payments/[id]#refund': { power: 'refund', args: [{ paymentId, reason }] },
  'payments/[id]#markAsRefunded': { power: 'refund', args: [{ paymentId, reason }] },
  'payments/[id]#honour': { power: 'settle', args: [{ paymentId, planCode: 'gold_1m', reason }] },
  'payments/[id]#replay': { power: 'settle', args: [{ paymentId }] },
  'payments/[id]#leave': { power: 'settle', args: [{ paymentId, reason }] },
  'users/[id]#grantByHand': {
    power: 'grant',
    args: [{ ...aboutStranger, id: missingId, planCode: 'unknown_plan', days: 1 }],
  },
  'users/[id]#extend': {
    power: 'grant',
    args: [{ ...aboutStranger, id: missingId, planCode: 'unknown_plan', days: 1 }],
  },
  'users/[id]#revoke': { power: 'grant', args: [{ grantId: missingId, reason }] },
  'users/[id]#message': {
    power: 'help',
    args: [{ telegramUserId: 1, id: missingId, text: 'hello' }],
  },
  'users/[id]#restore': { power: 'help', args: [{ telegramUserId: 1, reason }] },
  'users/[id]#logOut': { power: 'help', args: [{ telegramUserId: 1, reason }] },
  'users/[id]#ban': { power: 'ban', args: [{ telegramUserId: 1, reason }] },
  'users/[id]#unban': { power: 'ban', args: [{ telegramUserId: 1, reason }] },
  'plans#save': { power: 'edit_plans', args: [{ draft, version: null }] },
  'plans#move': { power: 'edit_plans', args: [{ code: 'unknown_plan', direction: 'up' }] },
  'plans#retire': { power: 'edit_plans', args: [{ code: 'unknown_plan', reason }] },
  'plans#putBack': { power: 'edit_plans', args: [{ code: 'unknown_plan', reason }] },
  'health#compareNow': { power: 'operate', args: [{ scope: 'tail', reason }] },
  'health#watchComparing': { power: 'view', args: [] },
  'health#resolveOne': { power: 'settle', args: [{ id: missingId, reason }] },
  'health#replayOne': { power: 'settle', args: [{ id: missingId, reason: '' }] },
  'health#dismissOne': { power: 'settle', args: [{ id: missingId, reason }] },
  'health#retryFailed': { power: 'operate', args: [{ id: null, reason: '' }] },
  'settings#save': { power: 'edit_settings', args: [{ changes: {}, version: 'none' }] },
  'settings#changeRole': { power: 'edit_roles', args: [{ telegramUserId: 1, role: null, reason }] },
}

/** Server functions of the shop itself, for whoever is logged in or inside of Telegram. */
const shopActions = [
  'app/(web)/account/actions.ts',
  'app/(web)/login/actions.ts',
  'app/(web)/plans/actions.ts',
  'app/app/actions.ts',
]

const visitors = ['nobody', 'user', 'other user', 'removed owner', ...adminRoles] as const
type Visitor = (typeof visitors)[number]
const browsers = new Map<Visitor, TestBrowser>()

const isRole = (visitor: Visitor): visitor is AdminRole =>
  adminRoles.some((role) => role === visitor)
const may = (visitor: Visitor, power: Power) => isRole(visitor) && hasPower(visitor, power)

function browserOf(visitor: Visitor): TestBrowser {
  const browser = browsers.get(visitor)
  if (!browser) throw new Error(`nobody made a browser for ${visitor}`)
  return browser
}

let api: FakeBotApi

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('getStarTransactions', () => ({ transactions: [] }))
  await db().user.create({ data: { id: newId(), telegramUserId: stranger } })
  await db().paymentEvent.create({
    data: {
      id: paymentId,
      provider: 'stars',
      telegramUserId: stranger,
      preCheckoutQueryId: 'q',
      invoicePayload: 'unknown',
      amount: 500,
      currency: 'XTR',
      status: 'failed',
      reason: 'unknown_invoice',
      createdAt: new Date(),
      updatedAt: new Date(),
    },
  })
  for (const visitor of visitors) {
    const browser = new TestBrowser()
    browsers.set(visitor, browser)
    if (visitor === 'nobody') continue
    const person = makePerson()
    const session = await openSession(person)
    const token = { sub: String(person.telegramUserId), version: session?.sessionVersion }
    browser.cookies.set(sessionCookieName(), await encode({ token, secret: env().NEXTAUTH_SECRET }))
    if (isRole(visitor)) await setRole(system, person.telegramUserId, visitor, 'the test')
    if (visitor === 'removed owner') {
      await setRole(system, person.telegramUserId, 'owner', 'the test')
      await setRole(system, person.telegramUserId, null, 'the test')
    }
  }
})

afterAll(() => api.close())

/** The folders under app/admin that hold such a file, relative to it. */
function foldersWith(file: string): string[] {
  return readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === file)
    .map((entry) => relative(here, entry.parentPath) || '.')
    .sort()
}

async function exportsOf(folder: string, file: string): Promise<Record<string, unknown>> {
  return import(/* @vite-ignore */ join(here, folder, file))
}

const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

type Call = (...args: unknown[]) => Promise<unknown>

async function functionOf(folder: string, file: string, name: string): Promise<Call> {
  const found = (await exportsOf(folder, file))[name]
  if (typeof found !== 'function') throw new Error(`${folder}/${file} has no ${name}`)
  // What Next calls these files' exports with is given by the tables above.
  return found as Call
}

describe('the tables above', () => {
  it('name every page, route and action of the admin, and no other', async () => {
    expect(Object.keys(pages).sort()).toEqual(foldersWith('page.tsx'))
    const found: string[] = []
    for (const folder of foldersWith('actions.ts')) {
      for (const name of Object.keys(await exportsOf(folder, 'actions.ts'))) {
        found.push(`${folder}#${name}`)
      }
    }
    expect(Object.keys(actions).sort()).toEqual(found.sort())
    expect(Object.keys(routes).sort()).toEqual(foldersWith('route.ts'))
  })

  it('miss no door that has another name or stands in another place', () => {
    const files = ['app', 'components', 'lib'].flatMap(sources)
    const doors = files.filter((file) => /^app\/admin\/(.*\/)?(page|route)\.[^/]+$/.test(file))
    expect(doors.filter((file) => !/\/(page\.tsx|route\.ts)$/.test(file))).toEqual([])
    // Wherever the words stand: a function alone can be a door, too.
    const open = files.filter((file) =>
      /(['"`])use server\1/.test(readFileSync(join(root, file), 'utf8')),
    )
    const known = [...new Set(Object.keys(actions).map((name) => name.split('#')[0]))]
    const admin = known.map((folder) => `app/admin/${folder}/actions.ts`)
    expect(open.sort()).toEqual([...shopActions, ...admin].sort())
    const whole = open.filter((file) =>
      /^'use server'\n/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(whole).toEqual(open)
  })
})

describe.each(visitors)('%s', (visitor) => {
  it.each(Object.entries(pages))('opens /admin/%s only with the power', async (folder, page) => {
    const show = await functionOf(folder, 'page.tsx', 'default')
    const browser = browserOf(visitor)
    const opening = browser.within(browser.request(`/admin/${folder}`), () =>
      show({ params: Promise.resolve(page.params ?? {}), searchParams: Promise.resolve({}) }),
    )
    if (may(visitor, page.power)) await expect(opening).resolves.toBeTruthy()
    else {
      const digest = visitor === 'nobody' ? /^NEXT_REDIRECT;.*\/login\?callbackUrl=/ : /;404$/
      await expect(opening).rejects.toMatchObject({ digest: expect.stringMatching(digest) })
    }
  })

  it.each(Object.entries(routes))('gets /admin/%s only with the power', async (folder, power) => {
    const get = await functionOf(folder, 'route.ts', 'GET')
    const browser = browserOf(visitor)
    const request = browser.request(`/admin/${folder}`)
    const response = await browser.sends(request, (asked) => get(asked, {}) as Promise<Response>)
    const refused = visitor === 'nobody' ? 401 : isRole(visitor) ? 403 : 404
    expect(response.status).toBe(may(visitor, power) ? 200 : refused)
    expect(response.headers.get('cache-control')).toContain('no-store')
    await response.body?.cancel()
  })

  it.each(Object.entries(actions))('does %s only with the power', async (name, action) => {
    const [folder = '', verb = ''] = name.split('#')
    const act = await functionOf(folder, 'actions.ts', verb)
    const browser = browserOf(visitor)
    const press = (headers = {}) =>
      browser.within(browser.request('/admin', { method: 'POST', headers }), () =>
        act(...structuredClone(action.args)),
      )
    const foreign = { ok: false, code: 'forbidden_origin' }
    expect(await press({ origin: 'https://evil.example' })).toMatchObject(foreign)
    expect(await press({ 'sec-fetch-site': 'cross-site' })).toMatchObject(foreign)
    expect(await press({ origin: '' })).toMatchObject(foreign)
    const result = await press()
    if (may(visitor, action.power)) {
      // What it does with things that do not exist is the verb's own matter.
      expect(result).not.toMatchObject({ code: expect.stringMatching(/^(unauthorized|forbidden)/) })
      expect(result).not.toMatchObject({ code: 'internal_error' })
    } else {
      const code =
        visitor === 'nobody' ? 'unauthorized' : isRole(visitor) ? 'forbidden' : 'not_found'
      expect(result).toMatchObject({ ok: false, code })
    }
  })
})
