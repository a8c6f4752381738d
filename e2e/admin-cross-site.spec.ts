import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { Admin } from './admin'
import { test as base, expect } from './fixtures'
import { runsSql } from './sql'
import type { Telegram } from './telegram'

type Form = { path: string; enctype: string; fields: Record<string, string> }
type Call = { method?: string; mode?: 'no-cors'; headers?: Record<string, string>; body?: string }
type Action = { id: string; tree: string; body: string }
type Fixtures = {
  /** An owner of their own, logged in, whose subscription runs. */
  owner: Admin
  /** Where pages of somebody else are: on the same site as the shop, and on another one. */
  others: Record<'same-site' | 'cross-site', string>
}

const test = base.extend<Fixtures>({
  owner: async ({ page, stack, telegram }, use) => {
    const owner = new Admin(page, await telegram.hasPerson(), telegram, stack)
    await subscribes(owner, telegram)
    await runsSql(
      stack,
      `insert into admin_roles (telegram_user_id, role, granted_by, granted_at)
       values ($1, 'owner', 'system', now())`,
      [owner.person.id],
    )
    const placed = await runsSql(stack, 'select code, position from plans')
    await owner.opens('/admin/plans')
    await use(owner)
    // Others on this stack see the plans in their order.
    for (const { code, position } of placed) {
      await runsSql(stack, 'update plans set position = $2 where code = $1', [code, position])
    }
  },
  others: async ({ browserName: _ }, use) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>Somebody else</title><body></body>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server on a TCP port has an address object.
    const { port } = server.address() as AddressInfo
    // Browsers take hosts, not ports, for sites: one is a neighbour, the other a stranger.
    await use({
      'same-site': `http://127.0.0.1:${port}`,
      'cross-site': `http://localhost:${port}`,
    })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  },
})

async function subscribes({ person, stack }: Admin, telegram: Telegram): Promise<void> {
  const { init_data } = await telegram.launches(person)
  const ordered = await fetch(`${stack.appUrl}/api/v1/telegram/payment/send-invoice`, {
    method: 'POST',
    headers: { authorization: `tma ${init_data}`, 'content-type': 'application/json' },
    body: JSON.stringify({ plan_code: 'gold_monthly' }),
  })
  const { invoice_link } = await ordered.json()
  expect((await telegram.pays(person, invoice_link)).status).toBe('paid')
  const held = `select from entitlements join users on users.id = user_id
                where telegram_user_id = $1 and renews`
  await expect.poll(async () => (await runsSql(stack, held, [person.id])).length).toBe(1)
}

/** Everything that the owner's requests could change, but for what the bot's own messages find out. */
async function photo({ person, stack }: Admin): Promise<string[]> {
  const mine = 'user_id = (select id from users where telegram_user_id = $1)'
  const looked = {
    users: 'telegram_user_id = $1',
    invoices: mine,
    payment_events: 'telegram_user_id = $1',
    entitlements: mine,
    subscriptions: mine,
    audit_log: 'actor = $1::bigint::text',
    plans: 'true',
    plan_prices: 'true',
    settings: 'true',
    admin_roles: 'true',
    grants: 'true',
    refund_requests: 'true',
  }
  const parts = Object.entries(looked).map(
    ([table, where]) =>
      `select '${table}' as name, (to_jsonb(t) - 'reachable' - 'updated_at')::text as row
       from ${table} t where ${where}`,
  )
  const sql = `with asked as (select $1::bigint) ${parts.join(' union all ')} order by 1, 2`
  const rows = await runsSql(stack, sql, [person.id])
  return rows.map(({ name, row }) => `${name} ${row}`)
}

/** The request of an action that the admin's own page makes: a plan goes one place down. */
async function moves({ page, stack }: Admin): Promise<Action> {
  await page.waitForLoadState('networkidle')
  const asking = page.waitForRequest(
    (each) => each.method() === 'POST' && each.headers()['next-action'] !== undefined,
  )
  await page.getByRole('table').getByRole('button', { name: /down/i }).first().click()
  const asked = await asking
  expect(asked.url()).toBe(`${stack.appUrl}/admin/plans`)
  // The answer brings the page anew, and goes on as long as that does.
  expect((await asked.response())?.status()).toBe(200)
  await page.waitForLoadState('networkidle')
  const headers = asked.headers()
  return {
    id: headers['next-action'] ?? '',
    tree: headers['next-router-state-tree'] ?? '',
    body: asked.postData() ?? '',
  }
}

/** The same action as a form without scripts sends it, which asks for no preflight. */
const asForm = ({ id, body }: Action): Form => ({
  path: '/admin/plans',
  enctype: 'multipart/form-data',
  fields: {
    $ACTION_REF_1: '',
    '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }),
    '$ACTION_1:1': body,
  },
})

const plainForm = (path: string, fields: Record<string, string> = {}): Form => ({
  path,
  enctype: 'text/plain',
  fields,
})

/** Sends a form from the page that is open, and gives the status of the answer. */
async function submits(page: Page, appUrl: string, form: Form): Promise<number> {
  const action = `${appUrl}${form.path}`
  const answering = page.waitForResponse(
    (each) => each.url() === action && each.request().method() === 'POST',
  )
  await page.evaluate(
    ({ to, enctype, fields }) => {
      const element = document.createElement('form')
      Object.assign(element, { method: 'post', action: to, enctype })
      for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement('input')
        Object.assign(input, { type: 'hidden', name, value })
        element.append(input)
      }
      document.body.append(element)
      element.submit()
    },
    { to: action, enctype: form.enctype, fields: form.fields },
  )
  const status = (await answering).status()
  // The answer is the page now, and what comes next must not cut that short. One without a body
  // has the browser's own page.
  await page.waitForURL(action).catch(async (error: Error) => {
    if (!error.message.includes('ERR_HTTP_RESPONSE_CODE_FAILURE')) throw error
    await page.waitForURL('chrome-error://chromewebdata/')
  })
  return status
}

/** What a script of the page gets to read of an answer. */
async function fetches(page: Page, address: string, init: Call): Promise<string> {
  return await page.evaluate(
    ([to, options]) =>
      fetch(to, { ...options, credentials: 'include' }).then(
        async (answer) => `${answer.type} ${answer.status} ${await answer.text()}`,
        () => 'failed',
      ),
    [address, init] as const,
  )
}

/** A request outside of any browser, with this one's cookies. */
async function sends(
  { page, stack }: Admin,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; text: string }> {
  const jar = await page.context().cookies(stack.appUrl)
  const cookie = jar.map(({ name, value }) => `${name}=${value}`).join('; ')
  return await new Promise((resolve, reject) => {
    const call = request(
      `${stack.appUrl}${path}`,
      { method: 'POST', headers: { ...headers, cookie } },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}

const actionHeaders = ({ id, tree }: Action) => ({
  accept: 'text/x-component',
  'content-type': 'text/plain;charset=UTF-8',
  'next-action': id,
  'next-router-state-tree': tree,
})

const order = '{"plan_code":"gold_1m"}'
const cancel = '/api/v1/me/subscriptions/gold_monthly/cancel'
const restore = '/api/v1/me/restore'
const sendInvoice = '/api/v1/telegram/payment/send-invoice'
/** JSON with a form's `=` inside of a text. */
const orderFields = { '{"plan_code":"gold_1m","note":"': '"}' }

for (const site of ['same-site', 'cross-site'] as const) {
  test(`a ${site} page of somebody else changes nothing with the owner’s cookies`, async ({
    owner,
    others,
    stack,
  }) => {
    const action = await moves(owner)
    const before = await photo(owner)
    const page = await owner.page.context().newPage()
    const forms = [
      plainForm(restore),
      plainForm(cancel),
      plainForm(sendInvoice, orderFields),
      plainForm('/admin/payments/export'),
      asForm(action),
    ]
    for (const form of forms) {
      await page.goto(`${others[site]}/`)
      const status = await submits(page, stack.appUrl, form)
      // Neighbours' requests carry the cookie, strangers' do not.
      const isRest = form.path.startsWith('/api/')
      if (isRest) expect([form.path, status]).toEqual([form.path, site === 'same-site' ? 403 : 401])
      else expect([form.path, status >= 400]).toEqual([form.path, true])
    }

    await page.goto(`${others[site]}/`)
    for (const path of [restore, cancel, sendInvoice]) {
      const address = `${stack.appUrl}${path}`
      const init = { method: 'POST', ...(path === sendInvoice ? { body: order } : {}) }
      expect(await fetches(page, address, init)).toBe('failed')
      const blind = await fetches(page, address, { ...init, mode: 'no-cors' })
      expect(blind).toMatch(/^(failed|opaque 0 )$/)
    }
    const exporting = `${stack.appUrl}/admin/payments/export`
    expect(await fetches(page, exporting, {})).toBe('failed')
    expect(await fetches(page, exporting, { mode: 'no-cors' })).toMatch(/^(failed|opaque 0 )$/)
    const init = { method: 'POST', headers: actionHeaders(action), body: action.body }
    expect(await fetches(page, `${stack.appUrl}/admin/plans`, init)).toBe('failed')
    const arriving = page.waitForResponse(exporting)
    await page.evaluate((to) => location.assign(to), exporting)
    expect((await arriving).status()).toBe(403)
    await page.waitForURL(exporting)

    expect(await photo(owner)).toEqual(before)
    // The very same requests count when they come from the admin's own page.
    await fetches(owner.page, `${stack.appUrl}/admin/plans`, init)
    const after = await photo(owner)
    expect(after).not.toEqual(before)
    expect(await submits(owner.page, stack.appUrl, asForm(action))).toBe(200)
    expect(await photo(owner)).not.toEqual(after)
  })
}

test('requests without an origin, or with none that has a name, change nothing', async ({
  owner,
  stack,
}) => {
  const action = await moves(owner)
  const before = await photo(owner)
  const headers = actionHeaders(action)
  const bare = await sends(owner, '/admin/plans', headers, action.body)
  expect(bare.text).toContain('forbidden_origin')
  for (const origin of ['null', 'http://localhost', 'http://evil.example']) {
    const foreign = await sends(owner, '/admin/plans', { ...headers, origin }, action.body)
    expect([origin, foreign.status]).toEqual([origin, 500])
  }
  for (const path of [restore, cancel, sendInvoice]) {
    for (const origin of [{}, { origin: 'null' }, { origin: 'http://localhost' }]) {
      const { status, text } = await sends(owner, path, origin, order)
      expect([path, status]).toEqual([path, 403])
      expect(text).toContain('forbidden_origin')
    }
  }
  expect(await photo(owner)).toEqual(before)
  const own = await sends(owner, '/admin/plans', { ...headers, origin: stack.appUrl }, action.body)
  expect(own.text).not.toContain('forbidden_origin')
  expect(await photo(owner)).not.toEqual(before)
})

/** Puts an address into a frame of the page that is open; gives what the frame shows in the end. */
async function frames(page: Page, address: string): Promise<string> {
  const element = await page.evaluateHandle(
    (src) =>
      new Promise<HTMLIFrameElement>((resolve) => {
        const frame = document.createElement('iframe')
        frame.addEventListener('load', () => resolve(frame), { once: true })
        frame.src = src
        document.body.append(frame)
      }),
    address,
  )
  const frame = await element.contentFrame()
  return (await frame?.evaluate(() => location.href)) ?? 'nothing'
}

test('nobody frames a page, but for the Mini App in Telegram', async ({ owner, others, stack }) => {
  const page = await owner.page.context().newPage()
  const paths = ['/admin', '/admin/payments', '/plans', '/account']
  for (const origin of [...Object.values(others), owner.telegram.url]) {
    await page.goto(`${origin}/`)
    for (const path of paths) {
      const shown = await frames(page, `${stack.appUrl}${path}`)
      expect([origin, path, shown]).toEqual([origin, path, 'chrome-error://chromewebdata/'])
    }
    const app = await frames(page, `${stack.appUrl}/app`)
    if (origin === owner.telegram.url) expect(app).toBe(`${stack.appUrl}/app`)
    else expect([origin, app]).toEqual([origin, 'chrome-error://chromewebdata/'])
  }
})
