import { Admin } from './admin'
import { expect, test } from './fixtures'

// The catalogue changes and the clock goes on by a month.
test.use({ stackName: 'retiring' })

const dayS = 86_400

test('a plan is retired while a subscription runs, which is said first and goes on', async ({
  browser,
  ledger,
  shopper,
  stack,
  telegram,
}) => {
  await shopper.opensTheMiniApp()
  await shopper.chooses('Gold, monthly')
  await shopper.mainButton('Subscribe for ⭐ 450 every 30 days').click()
  await shopper.paysInTheSheet()
  await shopper.seesSuccess('Gold, monthly')

  const context = await browser.newContext()
  const admin = new Admin(await context.newPage(), await telegram.firstPerson(), telegram, stack)
  const { page } = admin
  await admin.opens('/admin/plans/gold_monthly')
  await page.getByRole('button', { name: 'Retire', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('listitem')).toHaveText([
    'Nobody can buy it any more.',
    '1 person keeps what they have.',
    '1 running subscription goes on: Telegram keeps charging, and renewals are honoured.',
    '0 open invoices are refused before payment.',
    '0 open card pages can still be paid until they run out.',
  ])
  await dialog.getByLabel('Reason').fill('It is sold by the quarter now')
  await dialog.getByRole('button', { name: 'Retire', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Put back on sale' })).toBeVisible()
  await page.goto(`${stack.appUrl}/plans`)
  await expect(page.getByText('Gold, 1 month').first()).toBeVisible()
  await expect(page.getByText('Gold, monthly')).toHaveCount(0)
  expect(await ledger.renewsOf(shopper.person, 'gold_monthly')).toBe(true)

  // After a week without updates Telegram numbers them anew, which is not what this is about.
  for (let time = 0; time < 5; time++) {
    await telegram.writes(shopper.person, '/terms')
    await telegram.isPatient(6 * dayS + 60)
  }
  await expect.poll(() => ledger.chargesOf(shopper.person)).toBe(2)
  expect(await ledger.daysOf(shopper.person)).toEqual([{ plan_code: 'gold_monthly', days: 60 }])
  expect(await ledger.renewsOf(shopper.person, 'gold_monthly')).toBe(true)
  await admin.opens(`/admin/users/${shopper.person.id}`)
  await expect(page.getByText('Gold, monthly').first()).toBeVisible()
  await context.close()
})
