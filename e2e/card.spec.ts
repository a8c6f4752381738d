import { expect, test } from './fixtures'
import type { Shopper } from './shopper'

/** Up to the sheet that asks for the card. */
async function asksForCoachingByCard(shopper: Shopper): Promise<void> {
  await shopper.chooses('Coaching, 1 month')
  await shopper.app.getByRole('radio', { name: /^Card/ }).check()
  await shopper.mainButton('Buy Coaching, 1 month · £25.00').click()
  await fillsIn(shopper)
}

async function fillsIn(shopper: Shopper): Promise<void> {
  await shopper.paymentSheet.getByLabel('Name').fill('Ann Example')
  await shopper.paymentSheet.getByLabel('E-mail').fill('ann@example.com')
  await shopper.paymentSheet.getByRole('button', { name: 'Continue' }).click()
}

test('coaching is bought by card: declined first, then with 3-D Secure', async ({
  shopper,
  ledger,
}) => {
  await shopper.opensTheMiniApp()
  await asksForCoachingByCard(shopper)
  await shopper.paymentSheet.getByText('Is declined after the bot agreed').click()
  await shopper.paysInTheSheet()
  // Telegram Web A closes its sheet by itself then.
  await expect(shopper.paymentSheet).toBeHidden()
  await expect(shopper.app.getByText('The payment did not go through')).toBeVisible()
  expect(await ledger.chargesOf(shopper.person)).toBe(0)
  await shopper.app.getByRole('button', { name: 'Dismiss' }).click()

  await asksForCoachingByCard(shopper)
  await shopper.paymentSheet.getByText('Asks for 3-D Secure').click()
  await shopper.paysInTheSheet()
  await shopper.paymentSheet.getByRole('button', { name: 'Yes, it is me' }).click()
  await shopper.seesSuccess('Coaching, 1 month')
  await shopper.opensTheAccount()
  await expect(shopper.app.getByRole('region', { name: 'Payments' })).toContainText('£25.00')
  expect(await ledger.daysOf(shopper.person)).toEqual([{ plan_code: 'coaching_1m', days: 30 }])
})

test('a digital plan offers no card, and coaching takes Stars as well', async ({ shopper }) => {
  await shopper.opensTheMiniApp()
  await shopper.chooses('Gold, 1 month')
  await expect(shopper.app.getByRole('radiogroup', { name: 'How to pay' })).toHaveCount(0)
  await shopper.chooses('Coaching, 1 month')
  await expect(shopper.app.getByRole('radio', { name: /^Telegram Stars/ })).toBeChecked()
  await shopper.mainButton('Buy Coaching, 1 month · ⭐ 1,900').click()
  await shopper.paysInTheSheet()
  await shopper.seesSuccess('Coaching, 1 month')
})

test('coaching is bought by card in the chat', async ({ page, shopper, ledger }) => {
  await shopper.opensTelegram()
  await shopper.startsTheBot()
  await page.getByRole('textbox').fill('/buy coaching_1m')
  await page.getByRole('button', { name: 'Send' }).click()
  await shopper.chat.getByRole('button', { name: 'Card · £25.00' }).click()
  await shopper.chat.getByRole('button', { name: /^Pay/ }).click()
  await fillsIn(shopper)
  await shopper.paysInTheSheet()
  await expect(shopper.chat).toContainText('Coaching, 1 month is active until')
  expect(await ledger.chargesOf(shopper.person)).toBe(1)
})
