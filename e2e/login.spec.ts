import { mock } from 'node:test'
import type { Cookie } from '@playwright/test'
import { decode, encode } from 'next-auth/jwt'
import { expect, test } from './fixtures'
import type { LocalStack } from './local-stack'
import { idOf, path, visit } from './visitor'

for (const size of ['phone', 'desktop'] as const) {
  test.describe(size, () => {
    test('a login is confirmed in the bot, and the page goes on by itself', async ({
      browser,
      stack,
      telegram,
    }) => {
      const ann = await visit(browser, { stack, telegram }, size)
      await ann.opensLogin('?callbackUrl=/terms')
      const code = await ann.asksForACode()
      const qr = ann.page.getByRole('img', { name: 'Code to scan with your phone' })
      await expect(qr).toBeVisible({ visible: size === 'desktop' })
      await ann.followsTheLink()
      const question = await ann.reads(`Code: ${code}`)
      expect(question.text).toContain('Only confirm if you opened this page yourself just now')
      expect(await ann.whoIsIn()).toBeUndefined()
      await ann.answers('Yes, log me in')
      await expect.poll(() => path(ann.page)).toBe('/terms')
      expect(await ann.whoIsIn()).toBe(ann.person.id)
      const said = `You are logged in as ${ann.person.first_name}.`
      await expect(ann.page.getByRole('banner')).toContainText(said)
    })

    test('Telegram itself logs in', async ({ browser, stack, telegram }) => {
      const ann = await visit(browser, { stack, telegram }, size)
      await ann.opensLogin('?callbackUrl=/terms')
      await ann.page.getByRole('button', { name: 'Log in with Telegram' }).click()
      await ann.page.getByRole('radio', { name: ann.person.first_name, exact: true }).check()
      await ann.page.getByRole('button', { name: 'Log in' }).click()
      await expect.poll(() => path(ann.page)).toBe('/terms')
      expect(await ann.whoIsIn()).toBe(ann.person.id)
    })
  })
}

test('both ways lead to one account, and logging out everywhere ends both', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'desktop')
  await ann.logsInByTheBot('/terms')

  const second = await browser.newContext()
  const page = await second.newPage()
  await page.goto(`${stack.appUrl}/login?callbackUrl=/privacy`)
  await page.getByRole('button', { name: 'Log in with Telegram' }).click()
  await page.getByRole('radio', { name: ann.person.first_name, exact: true }).check()
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect.poll(() => path(page)).toBe('/privacy')
  expect(await idOf(second, stack.appUrl)).toBe(ann.person.id)

  await ann.opensLogin()
  await expect(ann.page.getByRole('heading', { level: 1 })).toHaveText(
    `You are logged in as ${ann.person.first_name}`,
  )
  await ann.page.getByRole('button', { name: 'Log out on all devices' }).click()
  await expect.poll(() => path(ann.page)).toBe('/')
  expect(await ann.whoIsIn()).toBeUndefined()
  expect(await idOf(second, stack.appUrl)).toBeUndefined()
})

test('a no in the bot is said, and a new code works', async ({ browser, stack, telegram }) => {
  const ann = await visit(browser, { stack, telegram }, 'phone')
  await ann.opensLogin('?callbackUrl=/terms')
  const first = await ann.asksForACode()
  await ann.followsTheLink()
  await ann.answers('No')
  await expect(ann.page.getByRole('heading', { name: 'You said no in Telegram' })).toBeVisible()
  await ann.page.getByRole('button', { name: 'Get a new code' }).click()
  await expect(ann.page.getByRole('heading', { name: 'Confirm in Telegram' })).toBeVisible()
  expect(await ann.shownCode()).not.toBe(first)
  await ann.followsTheLink()
  await ann.answers('Yes, log me in')
  await expect.poll(() => path(ann.page)).toBe('/terms')
})

test('an old code is said to be old, in the bot and on the page', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'phone')
  await ann.opensLogin()
  await ann.asksForACode()
  await telegram.isPatient(301)
  await ann.followsTheLink()
  await ann.reads('not valid any more')
  await expect(ann.page.getByRole('heading', { name: 'This code has expired' })).toBeVisible()
  await expect(ann.page.getByRole('button', { name: 'Get a new code' })).toBeVisible()
})

test('a code survives a reload, and a login that ended while the page was closed', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'phone')
  await ann.opensLogin('?callbackUrl=/terms')
  const code = await ann.asksForACode()
  await ann.page.reload()
  expect(await ann.shownCode()).toBe(code)
  await ann.followsTheLink()
  await ann.page.goto('about:blank')
  await ann.answers('Yes, log me in')
  await ann.opensLogin('?callbackUrl=/terms')
  await expect.poll(() => path(ann.page)).toBe('/terms')
})

test('a code logs in the browser it was made for, not another that knows it', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'desktop')
  const ben = await visit(browser, { stack, telegram }, 'desktop')
  await ann.opensLogin('?callbackUrl=/terms')
  await ann.asksForACode()
  await ben.opensLogin()
  await ben.asksForACode()
  await ann.followsTheLink()
  await ann.answers('Yes, log me in')
  await expect.poll(() => path(ann.page)).toBe('/terms')
  expect(await ann.whoIsIn()).toBe(ann.person.id)
  expect(await ben.whoIsIn()).toBeUndefined()
})

for (const [order, isFirst] of [
  ['before its owner', true],
  ['after its owner', false],
] as const) {
  test(`a code that another person opens ${order} logs nobody in, and the page helps`, async ({
    browser,
    stack,
    telegram,
  }) => {
    const ann = await visit(browser, { stack, telegram }, 'phone')
    const ben = await telegram.hasPerson()
    await ann.opensLogin('?callbackUrl=/terms')
    const lost = await ann.asksForACode()
    const [first, second] = isFirst ? [ben, ann.person] : [ann.person, ben]
    await ann.followsTheLink(first)
    await ann.reads('Code: ', first)
    await ann.followsTheLink(second)
    await ann.reads('More than one Telegram account', second)
    await ann.answers('Yes, log me in', first)
    await ann.reads('More than one Telegram account', first)
    const heading = 'Another Telegram account opened this code'
    await expect(ann.page.getByRole('alert').getByRole('heading', { name: heading })).toBeVisible()
    expect(await ann.whoIsIn()).toBeUndefined()

    await ann.page.getByRole('button', { name: 'Get a new code' }).click()
    await expect(ann.page.getByRole('heading', { name: 'Confirm in Telegram' })).toBeVisible()
    expect(await ann.shownCode()).not.toBe(lost)
    await ann.followsTheLink()
    await ann.answers('Yes, log me in')
    await expect.poll(() => path(ann.page)).toBe('/terms')
    expect(await ann.whoIsIn()).toBe(ann.person.id)
  })
}

test('whoever is logged in as somebody else sees it, and one press leads back', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'phone')
  const ben = await telegram.hasPerson({ firstName: 'Ben Somebody' })
  await ann.opensLogin('?callbackUrl=/terms')
  await ann.asksForACode()
  await ann.followsTheLink(ben)
  await ann.answers('Yes, log me in', ben)
  await expect.poll(() => path(ann.page)).toBe('/terms')
  await ann.followsTheLink()
  await ann.reads('press “Not you? Log out” there')
  const banner = ann.page.getByRole('banner')
  await expect(banner).toContainText('You are logged in as Ben Somebody.')
  await banner.getByRole('button', { name: 'Not you? Log out' }).click()
  await expect(ann.page.getByRole('heading', { name: 'You are logged out here' })).toBeVisible()
  expect(await ann.whoIsIn()).toBeUndefined()
  await ann.asksForACode()
  await ann.followsTheLink()
  await ann.answers('Yes, log me in')
  await expect.poll(() => path(ann.page)).toBe('/terms')
  expect(await ann.whoIsIn()).toBe(ann.person.id)
})

test('every tab that waits goes on, and so does who comes back logged in', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'desktop')
  await ann.opensLogin('?callbackUrl=/terms')
  const code = await ann.asksForACode()
  const second = await ann.page.context().newPage()
  await second.goto(`${stack.appUrl}/login?callbackUrl=/privacy`)
  await expect(second.getByText(code)).toBeVisible()
  await ann.followsTheLink()
  await ann.answers('Yes, log me in')
  await expect.poll(() => path(ann.page)).toBe('/terms')
  await expect.poll(() => path(second)).toBe('/privacy')
  await second.goto(`${stack.appUrl}/login?callbackUrl=/plans/gold_1m`)
  await expect.poll(() => path(second)).toBe('/plans/gold_1m')
})

test('a page renews a login that is older than a day, once', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'desktop')
  await ann.logsInByTheBot('/terms')
  const context = ann.page.context()
  const sessionCookie = async () =>
    (await context.cookies()).find(({ name }) => name.endsWith('next-auth.session-token'))
  const cookie = await sessionCookie()
  if (!cookie) throw new Error('There is no session cookie.')
  const old = await twoDaysOld(cookie, stack)
  await context.addCookies([old])

  let renewals = 0
  ann.page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/auth/session') renewals += 1
  })
  const refused: string[] = []
  ann.page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text())
  })
  await ann.page.goto(`${stack.appUrl}/privacy`)
  await expect.poll(async () => (await sessionCookie())?.value).not.toBe(old.value)
  await ann.page.goto(`${stack.appUrl}/terms`, { waitUntil: 'networkidle' })
  expect(renewals).toBe(1)
  expect(refused).toEqual([])
  expect(await ann.whoIsIn()).toBe(ann.person.id)
})

/** The same session as if it was opened, or renewed last, two days ago. */
async function twoDaysOld(cookie: Cookie, { env }: LocalStack): Promise<Cookie> {
  const secret = env.NEXTAUTH_SECRET ?? ''
  const token = await decode({ token: cookie.value, secret })
  mock.timers.enable({ apis: ['Date'], now: Date.now() - 2 * 24 * 3600 * 1000 })
  const value = await encode({ token: token ?? {}, secret }).finally(() => mock.timers.reset())
  return { ...cookie, value }
}

for (const [misbehave, heading] of [
  ['state_altered', 'This login was not started here'],
  ['code_used', 'Telegram did not accept this login'],
  ['wrong_issuer', 'This answer is not from Telegram'],
  ['other_bot', 'This answer was made for another bot'],
  ['alg_hs256', 'This answer is signed in a way we do not accept'],
  ['expired', 'This answer from Telegram is too old'],
] as const) {
  test(`an answer of Telegram that does not fit (${misbehave}) gets a page that helps`, async ({
    page,
    stack,
    telegram,
  }) => {
    const person = await telegram.hasPerson()
    await telegram.misbehaves({ login: misbehave })
    await page.goto(`${stack.appUrl}/login`)
    await page.getByRole('button', { name: 'Log in with Telegram' }).click()
    await page.getByRole('radio', { name: person.first_name, exact: true }).check()
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('alert').getByRole('heading', { name: heading })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Confirm in the bot' })).toBeVisible()
    expect(await idOf(page.context(), stack.appUrl)).toBeUndefined()
  })
}

test('cancelling at Telegram leads back with both ways still open', async ({ page, stack }) => {
  await page.goto(`${stack.appUrl}/login`)
  await page.getByRole('button', { name: 'Log in with Telegram' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'You said no in Telegram' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Log in with Telegram' })).toBeEnabled()
})
