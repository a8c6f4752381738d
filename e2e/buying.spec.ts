import { expect, test } from './fixtures'

const end = () => {
  const at = new Date()
  at.setUTCDate(at.getUTCDate() + 30)
  return at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

test('a person buys a plan from the menu button and finds it in the account, with its end', async ({
  shopper,
  ledger,
}) => {
  await shopper.opensTheMiniApp()
  await shopper.asksFor('Gold, 1 month')
  await expect(shopper.paymentSheet).toContainText('500')
  await shopper.paysInTheSheet()
  await shopper.seesSuccess('Gold, 1 month')
  await expect(shopper.app.getByText(`until ${end()}`)).toBeVisible()

  await shopper.opensTheAccount()
  const active = shopper.app.getByRole('region', { name: 'Active' })
  await expect(active).toContainText('Gold, 1 month')
  await expect(active).toContainText(`Active until ${end()}`)
  await expect(shopper.app.getByRole('region', { name: 'Payments' })).toContainText('500')

  await expect(shopper.chat).toContainText('You paid')
  await expect(shopper.chat).toContainText(`Gold, 1 month is active until ${end()}`)
  expect(await ledger.daysOf(shopper.person)).toEqual([{ plan_code: 'gold_1m', days: 30 }])
})

test('closing the payment sheet leads back to the plans, and buying again works', async ({
  shopper,
  ledger,
}) => {
  await shopper.opensTheMiniApp()
  await shopper.asksFor('Gold, 1 month')
  await shopper.closesTheSheet()
  await shopper.seesThePicker()
  expect(await ledger.chargesOf(shopper.person)).toBe(0)
  await shopper.buys('Gold, 1 month')
  expect(await ledger.chargesOf(shopper.person)).toBe(1)
})

test('somebody with too few Stars can get some and finish', async ({ page, shopper, telegram }) => {
  const poor = await telegram.hasPerson({ stars: 100 })
  await page.goto(`${telegram.url}/#/p/${poor.id}`)
  await shopper.startsTheBot()
  await shopper.pressesTheMenuButton()
  await shopper.asksFor('Gold, 1 month')
  await shopper.paysInTheSheet()
  await expect(shopper.paymentSheet).toContainText('Not enough Stars')
  await shopper.paymentSheet.getByRole('button', { name: 'Cancel' }).click()
  await shopper.seesThePicker()

  await shopper.asksFor('Gold, 1 month')
  await shopper.paysInTheSheet()
  await shopper.paymentSheet.getByRole('button', { name: /^Add\D*500\D/ }).click()
  await shopper.paysInTheSheet()
  await shopper.seesSuccess('Gold, 1 month')
})

test('a plan that is owned says so instead of selling itself again', async ({ shopper }) => {
  await shopper.opensTheMiniApp()
  await shopper.buys('Gold, 1 month')
  await shopper.app.getByRole('button', { name: 'Back to the plans' }).click()
  await expect(shopper.offer('Gold, 1 month')).toBeDisabled()
  await expect(shopper.row('Gold, 1 month')).toContainText(`Active until ${end()}`)
  await expect(shopper.offer('Silver, 1 month')).toBeDisabled()
})

test('a person buys in the chat with /buy', async ({ page, shopper, ledger }) => {
  await shopper.opensTelegram()
  await shopper.startsTheBot()
  await page.getByRole('textbox').fill('/buy')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('button', { name: /^Gold, 1 month/ }).click()
  await shopper.chat.getByRole('button', { name: /^Pay/ }).click()
  await shopper.paysInTheSheet()
  await expect(shopper.chat).toContainText(`Gold, 1 month is active until ${end()}`)
  expect(await ledger.daysOf(shopper.person)).toEqual([{ plan_code: 'gold_1m', days: 30 }])
})

test('somebody who never pressed Start may allow messages after buying', async ({
  page,
  shopper,
}) => {
  await shopper.opensTelegram()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Open the Mini App' }).click()
  await shopper.buys('Silver, 1 month')
  await shopper.app.getByRole('button', { name: 'Allow messages' }).click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(shopper.app.getByText('The bot can write to you now')).toBeVisible()
})

test('a browser that denies the Mini App all storage sells all the same', async ({
  page,
  shopper,
}) => {
  await page.addInitScript(() => {
    if (window.parent === window) return
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError')
      },
    })
  })
  await shopper.opensTheMiniApp()
  await shopper.buys('Gold, 1 month')
  await shopper.opensTheAccount()
  await expect(shopper.app.getByRole('region', { name: 'Payments' })).toContainText('500')
})
