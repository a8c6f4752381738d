import { Buyer } from './buyer'
import { expect, test } from './fixtures'
import { faults, lookNames, looks, movement } from './web-looks'

for (const size of lookNames) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`paying has no serious fault on a ${size} in ${colorScheme}, and stays at home`, async ({
      page,
      stack,
      telegram,
    }) => {
      await page.setViewportSize(looks[size])
      await page.emulateMedia({ colorScheme })
      const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
      const elsewhere: string[] = []
      await ann.opens('/plans/coaching_1m')
      expect(await faults(page)).toEqual([])
      await ann.logsInFrom('coaching_1m')
      page.on('request', (request) => {
        if (!request.url().startsWith(stack.appUrl)) elsewhere.push(request.url())
      })
      expect(await faults(page)).toEqual([])
      await ann.asksToPayWithStars()
      await expect(page.getByText('Waiting for your payment')).toBeVisible()
      expect(await faults(page)).toEqual([])
      expect(await movement(page)).toBeLessThanOrEqual(0.02)
      await ann.paysOnThePhone(await ann.link(), await telegram.hasPerson())
      await expect(page.getByText('Another Telegram account tried to pay')).toBeVisible()
      expect(await faults(page)).toEqual([])
      await ann.paysOnThePhone(await ann.link())
      await ann.seesSuccess('Coaching, 1 month')
      expect(await faults(page)).toEqual([])
      await ann.opens('/plans/coaching_1m')
      expect(await faults(page)).toEqual([])
      expect(await movement(page)).toBeLessThanOrEqual(0.02)
      expect(elsewhere).toEqual([])
    })
  }
}

test('everything can be done by keyboard, and what changes is said and focused', async ({
  page,
  stack,
  telegram,
}) => {
  const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
  await ann.logsInFrom('gold_1m')
  await page.getByRole('button', { name: /with Telegram Stars$/ }).focus()
  await page.keyboard.press('Enter')
  await ann.seesTheLink()
  await page.getByRole('link', { name: 'Open Telegram' }).focus()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Payment link')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeFocused()
  await ann.paysOnThePhone(await ann.link())
  await ann.seesSuccess('Gold, 1 month')
  await expect(page.getByRole('status')).toHaveText('Gold, 1 month is yours')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'See my plans' })).toBeFocused()
})
