import { Admin } from './admin'
import { expect, test } from './fixtures'

// The catalogue changes.
test.use({ stackName: 'plans' })

test('a plan gets a price in another currency, and keeps every price when its name changes', async ({
  page,
  stack,
  telegram,
}) => {
  const admin = new Admin(page, await telegram.firstPerson(), telegram, stack)
  const save = async () => {
    await page.getByRole('button', { name: 'Save …' }).click()
    const dialog = page.getByRole('dialog')
    const meaning = await dialog.getByRole('listitem').allTextContents()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    return meaning
  }
  await admin.opens('/admin/plans/coaching_1m')
  await expect(page.getByLabel('Price in money', { exact: true })).toHaveValue('25.00')
  await page.getByRole('button', { name: 'Add a price in another currency' }).click()
  await page.getByLabel('Price in money 2').fill('30')
  await page.getByLabel('Currency 2').fill('eur')
  await expect(page.getByText(/buyers are asked for the first by its currency/)).toBeVisible()
  expect(await save()).toEqual([expect.stringMatching(/^EUR: the plan can be bought/)])

  await admin.opens('/admin/plans/coaching_1m')
  await expect(page.getByText('€30.00')).toBeVisible()
  await expect(page.getByText('£25.00')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Coaching, one month')
  expect(await save()).toEqual([expect.stringMatching(/^The new words show at once/)])
  await admin.opens('/admin/plans/coaching_1m')
  await expect(page.getByText('€30.00')).toBeVisible()
  await expect(page.getByText('£25.00')).toBeVisible()

  await page.getByRole('button', { name: 'Take out the price in EUR' }).click()
  expect(await save()).toEqual([expect.stringMatching(/^EUR: nobody can buy at this price/)])
  await admin.opens('/admin/plans')
  const row = page.getByRole('row').filter({ hasText: 'coaching_1m' })
  await expect(row.getByText('£25.00')).toBeVisible()
  await expect(row.getByText('€30.00')).toHaveCount(0)
})
