import '@/lib/testing/next-runtime'

import { randomInt, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sessionCookieName } from '@/lib/auth/cookies'
import { setRole } from '@/lib/domain/admins/set-role'
import { openSession } from '@/lib/domain/users/open-session'
import { env } from '@/lib/platform/env'
import { dumpDatabase } from '@/lib/testing/dump'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { type MarkedPerson, makeMarkedPerson } from '@/lib/testing/marked-person'
import { TestBrowser } from '@/lib/testing/next-request'
import { type SwapDoor, swapActions, swapDoors } from '@/lib/testing/swap-doors'

const system = { kind: 'system' } as const
const swaps = 2000
const seed = Number(process.env.SWAP_SEED ?? randomInt(2 ** 31))

const visitors = ['nobody', 'user', 'other user', 'viewer', 'removed owner'] as const
type Visitor = (typeof visitors)[number]

/** An owner only shows that what is hidden from viewers could be found. */
type Anybody = Visitor | 'owner'
const browsers = new Map<Anybody, TestBrowser>()
const people = new Map<Anybody | 'Vera' | 'Walt', MarkedPerson>()
let api: FakeBotApi

/** What is no id at all, or none of ours. */
const oddities = [
  ...['', ' ', '0', '-1', '1', '-0', 'NaN', 'Infinity', '1e9', '0x1F', '1.5', '٣'],
  ...['99999999999999999999', '9'.repeat(400), '9223372036854775808', '9007199254740993'],
  ...['%00', '\0', 'a\0b', '%', '_', '*', '@', '@%', "'", '"', '`', '\\', '$1', '{{1}}'],
  ...["' or '1'='1", "'; drop table users; --", '1) or (1=1', '1 union select 1', "'||pg_sleep(0)"],
  ...['../../etc/passwd', '..%2f..', '/', '?', '#', 'a/b', '<script>alert(1)</script>', '\r\nx: y'],
  ...['ünïcödé', '💥', '\u202e', '\ud800', 'ﬀ', '\ufeff', 'İ', 'null', 'undefined', 'true', '{}'],
  ...['__proto__', 'constructor', 'toString', '[object Object]', '[]', 'a'.repeat(10_000)],
  ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ...['gold_monthly', 'gold_1m', 'silver_1m', 'lifetime', 'no_such_plan'],
]

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  for (const name of ['Vera', 'Walt'] as const) {
    people.set(name, await makeMarkedPerson('gold_monthly'))
  }
  for (const visitor of [...visitors, 'owner'] as const) {
    const browser = new TestBrowser()
    browsers.set(visitor, browser)
    if (visitor === 'nobody') continue
    // Nothing of theirs renews, so that their own cancel has nothing to change.
    const marked = await makeMarkedPerson('gold_1m')
    people.set(visitor, marked)
    const { telegramUserId } = marked.person
    const session = await openSession(marked.person)
    const token = { sub: String(telegramUserId), version: session?.sessionVersion }
    browser.cookies.set(sessionCookieName(), await encode({ token, secret: env().NEXTAUTH_SECRET }))
    if (visitor === 'viewer' || visitor === 'owner') {
      await setRole(system, telegramUserId, visitor, 'the test')
    }
    if (visitor === 'removed owner') {
      await setRole(system, telegramUserId, 'owner', 'the test')
      await setRole(system, telegramUserId, null, 'the test')
    }
  }
})

afterAll(() => api.close())

/** The least one must know to make a random run again: the seed. */
function randomOf(from: number): () => number {
  let state = from >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function pick<T>(from: readonly T[], random: () => number): T {
  const found = from[Math.floor(random() * from.length)]
  if (found === undefined) throw new Error('there is nothing to pick from')
  return found
}

/** Mostly an id of somebody, else what looks like one, or does not. */
function makeId(random: () => number): string {
  const real = pick(pick([...people.values()], random).ids, random)
  const kind = random()
  if (kind < 0.55) return real
  if (kind < 0.65) return randomUUID()
  if (kind < 0.7) return String(Math.floor(random() * 2 ** 53))
  if (kind < 0.75) return real.toUpperCase()
  if (kind < 0.8) return `${real}${pick(oddities, random)}`
  if (kind < 0.85) return `0${real}`
  return pick(oddities, random)
}

const isOf = (id: string, { ids, person }: MarkedPerson) =>
  ids.includes(id) || Number(id.trim()) === person.telegramUserId

/** Whose data this visitor may read there. */
function readable(door: SwapDoor, visitor: Visitor, id: string): MarkedPerson[] {
  const all = [...people.values()]
  if (door.as === 'forger') return []
  if (door.as === 'service') return all.filter((each) => isOf(id, each))
  if (visitor === 'nobody') return []
  if (visitor === 'viewer' && door.as === 'admin list') return all
  const isNamed = visitor === 'viewer' && door.as === 'admin page'
  return all.filter((each) => each === people.get(visitor) || (isNamed && isOf(id, each)))
}

/** Numbers as they are stored, without what makes them readable. */
const plain = (text: string) => text.replaceAll(/(?<=\d)[,\s](?=\d{3}(?!\d))/g, '')

/** What of other people is in a text that the id itself did not bring there. */
function leaksIn(text: string, id: string, door: SwapDoor, visitor: Visitor): string[] {
  const allowed = readable(door, visitor, id)
  const secrets = [...people.values()].flatMap((each) => {
    if (!allowed.includes(each)) return [...each.markers, ...each.hidden]
    return visitor === 'viewer' ? each.hidden : []
  })
  const found = plain(text)
  const asked = id.toLowerCase()
  return secrets.filter((each) => found.includes(each) && !asked.includes(each.toLowerCase()))
}

async function opens(door: SwapDoor, visitor: Anybody, id: string): Promise<string> {
  const browser = browsers.get(visitor)
  if (!browser) throw new Error(`nobody made a browser for ${visitor}`)
  try {
    return await door.open(browser, id)
  } catch (error) {
    // Next's own way to say where to go, or that there is nothing.
    if (error instanceof Error && 'digest' in error && /^NEXT_/.test(String(error.digest))) {
      return String(error.digest)
    }
    const about = `${door.name} failed for ${visitor} with ${JSON.stringify(id)} (seed ${seed})`
    throw new Error(about, { cause: error })
  }
}

/** What of somebody this visitor sees through a door, by all ids of theirs. */
async function seen(name: string, visitor: Anybody, of: Anybody | 'Vera') {
  const door = swapDoors.find((each) => each.name === name)
  const marked = people.get(of)
  if (!door || !marked) throw new Error(`there is no ${door ? of : name}`)
  const texts = await Promise.all(marked.ids.map((id) => opens(door, visitor, id)))
  const isThere = (mark: string) => plain(texts.join('\n')).includes(mark)
  return { marks: marked.markers.filter(isThere), hidden: marked.hidden.filter(isThere) }
}

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const filesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

it('every address with an id in it and every action of the admin that takes one is tried', async () => {
  const files = filesOf('app')
  const addresses = files
    .filter((file) => /\[\w+\].*\/(page\.tsx|route\.ts)$/.test(file))
    .map((file) => file.replaceAll(/^app|\/\([^)]*\)|\/(page\.tsx|route\.ts)$/g, ''))
  const names = swapDoors.map(({ name }) => name)
  expect(addresses.length).toBeGreaterThan(5)
  expect(addresses.filter((address) => !names.includes(address))).toEqual([])
  const actions: string[] = []
  for (const file of files.filter((each) => /^app\/admin\/.*actions\.ts$/.test(each))) {
    actions.push(...Object.keys(await import(/* @vite-ignore */ join(root, file))))
  }
  const withoutId = ['save', 'save', 'compareNow', 'watchComparing']
  expect([...Object.keys(swapActions), ...withoutId].sort()).toEqual(actions.sort())
})

it.each([
  ...['/admin/payments/[id]', '/admin/users/[id]', '/admin/payments', '/admin/users'].map(
    (name) => [name, 'viewer', 'Vera'] as const,
  ),
  ...['/pay/[id]', '/account/payments/[id]', '/api/v1/invoices/[id]'].map(
    (name) => [name, 'user', 'user'] as const,
  ),
])('%s would show a leak: %s sees %s there', async (name, visitor, of) => {
  expect((await seen(name, visitor, of)).marks.length).toBeGreaterThan(0)
})

it('what is hidden from a viewer is what an owner sees at the same doors', async () => {
  const name = '/admin/payments/[id]'
  expect((await seen(name, 'owner', 'Vera')).hidden).toEqual(people.get('Vera')?.hidden)
  expect((await seen(name, 'viewer', 'Vera')).hidden).toEqual([])
})

it('what is no id at all is refused or found to be nothing, at every door', async () => {
  const before = await dumpDatabase()
  for (const door of swapDoors) {
    const visitor = door.as.startsWith('admin') ? 'viewer' : 'user'
    for (const id of oddities) {
      const leaks = leaksIn(await opens(door, visitor, id), id, door, visitor)
      expect({ door: door.name, visitor, id, leaks }).toMatchObject({ leaks: [] })
    }
  }
  for (const name of ['/admin/audit', '/admin/users', '/admin/payments']) {
    const door = swapDoors.find((each) => each.name === name)
    for (const id of oddities) if (door) expect(await opens(door, 'owner', id)).toContain('<')
  }
  expect(await dumpDatabase()).toEqual(before)
}, 120_000)

it(`${swaps} random id swaps leak nothing and change nothing (seed ${seed})`, async () => {
  const random = randomOf(seed)
  const before = await dumpDatabase()
  const met = new Set<string>()
  for (let swap = 1; swap <= swaps; swap++) {
    const door = pick(swapDoors, random)
    const visitor = pick(visitors, random)
    const id = makeId(random)
    met.add(`${door.name} ${visitor}`)
    const leaks = leaksIn(await opens(door, visitor, id), id, door, visitor)
    expect({ door: door.name, visitor, id, leaks }).toMatchObject({ leaks: [] })
    if (swap % 250 === 0) expect(await dumpDatabase()).toEqual(before)
  }
  expect(met.size).toBeGreaterThan(swapDoors.length * visitors.length * 0.95)
  expect(api.calls.filter(({ method }) => !method.startsWith('get'))).toEqual([])
}, 300_000)
