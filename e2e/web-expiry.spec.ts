import { Buyer } from './buyer'
import { expect, test } from './fixtures'
import { lookNames, looks } from './web-looks'

test.use({ stackName: 'web-expiry' })

for (const size of lookNames) {
  test.describe(size, () => {
    test.use({ viewport: looks[size] })

    test('a link that has expired says so, and one press makes a new one that is paid', async ({
      page,
      stack,
      telegram,
      ledger,
    }) => {
      const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
      await ann.logsInFrom('gold_1m')
      await ann.asksToPayWithStars()
      const old = { id: ann.invoiceId, link: await ann.link() }
      await telegram.isPatient(3601)
      await expect(
        page.getByRole('heading', { name: 'This payment link has expired' }),
      ).toBeVisible()
      expect(await ann.paysOnThePhone(old.link)).toBe('failed')
      await page.getByRole('button', { name: /with Telegram Stars$/ }).click()
      await ann.seesTheLink()
      expect(ann.invoiceId).not.toBe(old.id)
      await ann.paysOnThePhone(await ann.link())
      await ann.seesSuccess('Gold, 1 month')
      expect(await ledger.chargesOf(ann.person)).toBe(1)

      await ann.opens(`/pay/${old.id}`)
      await expect(page.getByRole('heading', { name: 'You have this already' })).toBeVisible()
    })
  })
}

test('a price that changed meanwhile is shown before anybody pays', async ({
  page,
  stack,
  telegram,
  ledger,
}) => {
  const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
  await ann.logsInFrom('silver_1m')
  await ledger.prices('silver_1m', 260)
  await page.getByRole('button', { name: 'Pay ⭐ 250 with Telegram Stars' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The price has changed' })).toBeVisible()
  await page.getByRole('button', { name: 'Pay ⭐ 260 with Telegram Stars' }).click()
  await ann.seesTheLink()

  await ledger.prices('silver_1m', 270)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'The price has changed' })).toBeVisible()
  await page.getByRole('button', { name: 'Pay ⭐ 270 with Telegram Stars' }).click()
  await ann.seesTheLink()
  await ann.paysOnThePhone(await ann.link())
  await ann.seesSuccess('Silver, 1 month')
})

test('a plan that was retired meanwhile takes no money', async ({
  page,
  stack,
  telegram,
  ledger,
}) => {
  const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
  await ann.logsInFrom('gold_3m')
  await ledger.retires('gold_3m')
  await page.getByRole('button', { name: /with Telegram Stars$/ }).click()
  await expect(page.getByRole('heading', { name: 'This plan is no longer on sale' })).toBeVisible()
  expect(await ledger.invoicesOf(ann.person)).toBe(0)
})
