import { expect, test } from './fixtures'
import { orderPlan } from './orders'

test('a payment whose news was lost is restored from the account', async ({
  shopper,
  stack,
  telegram,
  ledger,
}) => {
  await shopper.opensTheMiniApp()
  await shopper.opensTheAccount()
  await expect(shopper.app.getByRole('heading', { name: 'No plans yet' })).toBeVisible()

  const { init_data: initData } = await telegram.launches(shopper.person)
  const { link } = await orderPlan(stack, initData)
  await telegram.misbehaves({ drop: ['message'] })
  expect(await telegram.pays(shopper.person, link)).toMatchObject({ status: 'paid' })
  await telegram.behaves()
  expect(await ledger.chargesOf(shopper.person)).toBe(0)

  const restore = shopper.app.getByRole('button', { name: 'Restore purchases' })
  await restore.press('Enter')
  await expect(shopper.app.getByText('One payment was missing. It is here now.')).toBeVisible()
  await expect(shopper.app.getByRole('region', { name: 'Active' })).toContainText('Gold, 1 month')

  await restore.press('Enter')
  await expect(shopper.app.getByText(/^Nothing is missing/)).toBeVisible()
  expect(await ledger.chargesOf(shopper.person)).toBe(1)
})

test('a Telegram that does not answer is said, and the bot restores as well', async ({
  page,
  shopper,
  telegram,
}) => {
  await shopper.opensTheMiniApp()
  await shopper.opensTheAccount()
  await telegram.misbehaves({ api: { getStarTransactions: { status: 500 } } })
  await shopper.app.getByRole('button', { name: 'Restore purchases' }).click()
  await expect(shopper.app.getByText('Telegram does not answer at the moment')).toBeVisible()
  await telegram.behaves()
  await shopper.closesTheMiniApp()
  await page.getByRole('textbox').fill('/paysupport')
  await page.getByRole('button', { name: 'Send' }).click()
  await shopper.chat.getByRole('button', { name: /Restore purchases/ }).click()
  await expect(shopper.chat).toContainText('Nothing is missing')
})
