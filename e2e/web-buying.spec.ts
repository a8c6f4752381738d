import { Buyer } from './buyer'
import { test as base, expect } from './fixtures'

const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const

const test = base.extend<{ ann: Buyer }>({
  ann: async ({ page, stack, telegram }, use) => {
    await use(new Buyer(page, await telegram.hasPerson(), telegram, stack))
  },
})

for (const size of ['phone', 'desktop'] as const) {
  test.describe(size, () => {
    test.use({ viewport: sizes[size] })

    test('a visitor logs in, comes back to the plan and buys it with Stars by the link', async ({
      ann,
      ledger,
    }) => {
      await ann.logsInFrom('gold_1m')
      await ann.asksToPayWithStars()
      const button = ann.page.getByRole('link', { name: 'Open Telegram' })
      const href = await button.getAttribute('href')
      const slug = href?.split('/t.me/')[1]
      const qr = ann.page.getByRole('img', { name: /^QR code that opens the payment/ })
      await expect(qr).toBeVisible({ visible: size === 'desktop' })
      await expect(ann.page.getByRole('timer')).toHaveText(/^Valid for (60:00|59:\d\d)$/)
      expect(await ann.paysOnThePhone(`https://t.me/${slug}`)).toBe('paid')
      await ann.seesSuccess('Gold, 1 month')
      await expect(ann.page.getByRole('link', { name: 'See my plans' })).toBeVisible()
      expect(await ledger.daysOf(ann.person)).toEqual([{ plan_code: 'gold_1m', days: 30 }])
    })

    test('a card is declined, then another one pays', async ({ ann, ledger }) => {
      await ann.logsInFrom('coaching_1m')
      await ann.asksToPayByCard()
      await ann.typesTheCard('4000000000000002')
      await expect(ann.page.getByRole('alert')).toBeVisible()
      expect(await ledger.chargesOf(ann.person)).toBe(0)
      await ann.typesTheCard('4242424242424242')
      await ann.seesSuccess('Coaching, 1 month')
      expect(await ledger.chargesOf(ann.person)).toBe(1)
    })

    test('a bank that asks back is answered, and the page waits for its word', async ({
      ann,
      telegram,
      ledger,
    }) => {
      await ann.logsInFrom('coaching_1m')
      await ann.asksToPayByCard()
      await telegram.misbehaves({ stripe_webhook: { hold: true } })
      await ann.typesTheCard('4000002760003184')
      await ann.page.getByRole('button', { name: 'Approve' }).click()
      await expect(ann.page.getByRole('heading', { name: 'Waiting for the bank' })).toBeVisible()
      await ann.page.reload()
      await expect(ann.page.getByText('Waiting for the bank …')).toBeVisible()
      expect(await ledger.chargesOf(ann.person)).toBe(0)
      await telegram.behaves()
      await ann.hearsFromTheBank()
      await ann.seesSuccess('Coaching, 1 month')
    })

    test('a payment that ended while the tab was closed is there when it opens', async ({
      ann,
    }) => {
      await ann.logsInFrom('gold_1m')
      await ann.asksToPayWithStars()
      const { invoiceId } = ann
      const link = await ann.link()
      await ann.page.goto('about:blank')
      await ann.paysOnThePhone(link)
      await ann.opens(`/pay/${invoiceId}`)
      await ann.seesSuccess('Gold, 1 month')
    })

    test('two presses are one attempt', async ({ ann, ledger }) => {
      await ann.logsInFrom('gold_1m')
      await ann.page.getByRole('button', { name: /with Telegram Stars$/ }).dblclick()
      await ann.seesTheLink()
      expect(await ledger.invoicesOf(ann.person)).toBe(1)
    })

    test('going back after success leads to what one has, not to a second payment', async ({
      ann,
      ledger,
    }) => {
      await ann.logsInFrom('gold_1m')
      await ann.asksToPayWithStars()
      await ann.paysOnThePhone(await ann.link())
      await ann.seesSuccess('Gold, 1 month')
      await ann.page.goBack()
      await expect(ann.page.getByRole('heading', { name: 'You have this plan' })).toBeVisible()
      await expect(ann.page.getByRole('button', { name: /^Pay/ })).toHaveCount(0)
      await ann.page.goForward()
      await ann.seesSuccess('Gold, 1 month')
      expect(await ledger.chargesOf(ann.person)).toBe(1)
    })
  })
}

test('a code on the screen is scanned and paid on the phone', async ({ ann, ledger }) => {
  await ann.logsInFrom('silver_1m')
  await ann.asksToPayWithStars()
  const scanned = await ann.scans()
  expect(scanned).toBe(await ann.link())
  expect(await ann.paysOnThePhone(scanned)).toBe('paid')
  await ann.seesSuccess('Silver, 1 month')
  expect(await ledger.chargesOf(ann.person)).toBe(1)
})

test('a bank that says no leaves everything as it was', async ({ ann, ledger }) => {
  await ann.logsInFrom('coaching_1m')
  await ann.asksToPayByCard()
  await ann.typesTheCard('4000002760003184')
  await ann.page.getByRole('button', { name: 'Fail' }).click()
  await expect(ann.page.getByRole('alert')).toBeVisible()
  await ann.page.getByRole('link', { name: 'Back' }).click()
  await expect(ann.page.getByRole('heading', { name: 'Coaching, 1 month' })).toBeVisible()
  expect(await ledger.chargesOf(ann.person)).toBe(0)
})

test('a second tab follows the same payment', async ({ ann }) => {
  await ann.logsInFrom('gold_1m')
  await ann.asksToPayWithStars()
  const second = new Buyer(await ann.context.newPage(), ann.person, ann.telegram, ann.stack)
  await second.opens(`/pay/${ann.invoiceId}`)
  await second.seesTheLink()
  await ann.paysOnThePhone(await ann.link())
  await ann.seesSuccess('Gold, 1 month')
  await second.seesSuccess('Gold, 1 month')
})

test('the page says when it is offline, and shows the payment when it is back', async ({ ann }) => {
  await ann.logsInFrom('gold_1m')
  await ann.asksToPayWithStars()
  const link = await ann.link()
  await ann.context.setOffline(true)
  await expect(ann.page.getByText('No connection just now')).toBeVisible()
  await ann.paysOnThePhone(link)
  await ann.context.setOffline(false)
  await ann.seesSuccess('Gold, 1 month')
})

test('where events do not get through, the page asks', async ({ ann }) => {
  await ann.page.route('**/api/v1/invoices/*live=1', (route) => route.abort())
  await ann.logsInFrom('gold_1m')
  await ann.asksToPayWithStars()
  await ann.paysOnThePhone(await ann.link())
  await ann.seesSuccess('Gold, 1 month')
})

test('another account is stopped, the page says what to do, and the owner pays', async ({
  ann,
  telegram,
  ledger,
}) => {
  const ben = await telegram.hasPerson()
  await ann.logsInFrom('gold_1m')
  await ann.asksToPayWithStars()
  expect(await ann.paysOnThePhone(await ann.link(), ben)).toBe('failed')
  const alert = ann.page.getByRole('alert').filter({ hasText: 'Another Telegram account' })
  await expect(alert).toContainText(ann.person.first_name)
  expect(await ledger.chargesOf(ben)).toBe(0)
  expect(await ann.paysOnThePhone(await ann.link())).toBe('paid')
  await ann.seesSuccess('Gold, 1 month')
})

test('going back to the card page after success leads on to success', async ({ ann, ledger }) => {
  await ann.logsInFrom('coaching_1m')
  await ann.asksToPayByCard()
  const checkout = ann.page.url()
  await ann.typesTheCard('4242424242424242')
  await ann.seesSuccess('Coaching, 1 month')
  await ann.page.goto(checkout)
  await ann.page.getByRole('link', { name: 'Continue' }).click()
  await ann.seesSuccess('Coaching, 1 month')
  expect(await ledger.chargesOf(ann.person)).toBe(1)
})

test('Stars that arrive close an open card page', async ({ ann, ledger }) => {
  await ann.logsInFrom('coaching_1m')
  await ann.asksToPayByCard()
  const checkout = ann.page.url()
  await ann.opens('/plans/coaching_1m')
  await ann.asksToPayWithStars()
  await ann.paysOnThePhone(await ann.link())
  await ann.seesSuccess('Coaching, 1 month')
  await expect
    .poll(async () => (await ann.page.goto(checkout))?.status(), { timeout: 60_000 })
    .toBe(410)
  await ann.page.getByRole('link', { name: 'Back' }).click()
  await expect(ann.page.getByRole('heading', { name: 'You have this plan' })).toBeVisible()
  expect(await ledger.chargesOf(ann.person)).toBe(1)
})

test('too many tries are asked to wait, and offline ones to try again', async ({ ann, ledger }) => {
  await ann.logsInFrom('gold_1m')
  const press = () => ann.page.getByRole('button', { name: /with Telegram Stars$/ }).click()
  await ann.context.setOffline(true)
  await press()
  await expect(ann.page.getByRole('alert').filter({ hasText: 'no connection' })).toBeVisible()
  await ann.context.setOffline(false)
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await press()
    await ann.seesTheLink()
    await ann.opens('/plans/gold_1m')
  }
  await press()
  await expect(ann.page.getByRole('alert').filter({ hasText: 'Please wait' })).toBeVisible()
  expect(await ledger.invoicesOf(ann.person)).toBe(5)
})

test('Telegram that does not answer is said, and the next press works', async ({
  ann,
  telegram,
}) => {
  await ann.logsInFrom('gold_1m')
  await telegram.misbehaves({ api: { createInvoiceLink: { status: 500, times: 5 } } })
  await ann.page.getByRole('button', { name: /with Telegram Stars$/ }).click()
  await expect(
    ann.page.getByRole('alert').filter({ hasText: 'Telegram does not answer' }),
  ).toBeVisible()
  await telegram.behaves()
  await ann.asksToPayWithStars()
})

test('the payment of somebody else is nobody else’s business', async ({
  ann,
  browser,
  stack,
  telegram,
}) => {
  await ann.logsInFrom('gold_1m')
  await ann.asksToPayWithStars()
  const context = await browser.newContext()
  const ben = new Buyer(await context.newPage(), await telegram.hasPerson(), telegram, stack)
  await ben.opens(`/pay/${ann.invoiceId}`)
  await expect(ben.page.getByRole('heading', { name: 'Log in with Telegram' })).toBeVisible()
  await ben.logsInFrom('silver_1m')
  await ben.opens(`/pay/${ann.invoiceId}`)
  await expect(ben.page.getByRole('heading', { name: 'no such payment' })).toBeVisible()
  await context.close()
})
