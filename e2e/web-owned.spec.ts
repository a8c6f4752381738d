import { Buyer } from './buyer'
import { expect, test } from './fixtures'
import { faultsInAnyLight, lookNames, looks, movement } from './web-looks'

const upgrade = 'Gold starts right away; Silver, 1 month keeps running beside it to its paid end'

for (const size of lookNames) {
  test.describe(size, () => {
    test.use({ viewport: looks[size] })

    test('the front page and the plans show what one has and what an upgrade changes', async ({
      page,
      stack,
      telegram,
    }) => {
      const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
      const hello = page.getByRole('heading', { level: 1, name: `Hello, ${ann.person.first_name}` })
      await ann.opens('/')
      await expect(page.getByRole('heading', { level: 1, name: /^One pass/ })).toBeVisible()
      await ann.logsInFrom('silver_1m')
      await ann.opens('/')
      await expect(hello).toBeVisible()
      await expect(page.getByText('You have no plan yet')).toBeVisible()
      expect(await faultsInAnyLight(page, 'nothing yet')).toEqual([])

      await ann.opens('/plans/silver_1m')
      await ann.asksToPayWithStars()
      await ann.paysOnThePhone(await ann.link())
      await ann.seesSuccess('Silver, 1 month')
      await ann.opens('/')
      await expect(hello).toBeVisible()
      const owned = page.getByRole('list', { name: 'Your plans' })
      await expect(owned).toContainText('Silver, 1 month')
      await expect(owned).toContainText(/Active until \d+ \w+ \d{4}/)
      await expect(page.getByText(upgrade)).toBeVisible()
      expect(await movement(page)).toBeLessThanOrEqual(0.02)
      expect(await faultsInAnyLight(page, 'the front page')).toEqual([])

      await ann.opens('/plans')
      await expect(page.getByText(upgrade)).toHaveCount(1)
      await expect(page.getByText(upgrade)).toBeVisible()
      await expect(page.getByRole('link', { name: /^Silver, 1 month/ })).toContainText(
        'Active until',
      )
      expect(await movement(page)).toBeLessThanOrEqual(0.02)
      expect(await faultsInAnyLight(page, 'the plans')).toEqual([])

      await ann.opens('/')
      await page.getByRole('link', { name: 'Go to my account' }).click()
      await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
    })
  })
}
