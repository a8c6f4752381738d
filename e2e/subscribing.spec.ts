import { expect, test } from './fixtures'
import type { Shopper } from './shopper'

// The clock goes on by months and the catalogue grows here.
test.use({ stackName: 'subscriptions' })

const dayS = 86_400

async function subscribes(shopper: Shopper): Promise<void> {
  await shopper.chooses('Gold, monthly')
  await expect(shopper.app.getByText(/You pay ⭐ 450 now and again every 30 days/)).toBeVisible()
  await shopper.mainButton('Subscribe for ⭐ 450 every 30 days').click()
  await shopper.paysInTheSheet()
  await shopper.seesSuccess('Gold, monthly')
}

/** Closed and opened again, because init data does not get younger. */
async function opensTheAccountAnew(shopper: Shopper): Promise<void> {
  await shopper.closesTheMiniApp()
  await shopper.pressesTheMenuButton()
  await shopper.opensTheAccount()
}

const active = (shopper: Shopper) => shopper.app.getByRole('region', { name: 'Active' })

test('a subscription is bought, renewed, cancelled after a question and resumed', async ({
  shopper,
  telegram,
  ledger,
}) => {
  await shopper.opensTheMiniApp()
  await subscribes(shopper)
  await expect(shopper.app.getByText(/^renews on \d/)).toBeVisible()

  // After a week without updates Telegram numbers them anew, which is not what this is about.
  for (let time = 0; time < 5; time++) {
    await telegram.writes(shopper.person, '/terms')
    await telegram.isPatient(6 * dayS + 60)
  }
  await expect.poll(() => ledger.chargesOf(shopper.person)).toBe(2)
  await opensTheAccountAnew(shopper)
  await expect(active(shopper)).toContainText('Renews on')
  await expect(shopper.app.getByRole('region', { name: 'Payments' })).toContainText(/450.*450/)
  expect(await ledger.daysOf(shopper.person)).toEqual([{ plan_code: 'gold_monthly', days: 60 }])

  const cancel = shopper.app.getByRole('button', { name: 'Cancel renewal' })
  await cancel.press('Enter')
  await expect(active(shopper)).toContainText('settings alone cannot switch it on again')
  await shopper.app.getByRole('button', { name: 'Keep it' }).press('Enter')
  await cancel.press('Enter')
  await shopper.app.getByRole('button', { name: 'Yes, cancel it' }).press('Enter')
  await expect(active(shopper)).toContainText('The renewal is cancelled.')
  await expect(active(shopper)).toContainText(/Ends on \d+ \w+ \d{4}, does not renew/)

  await shopper.app.getByRole('button', { name: 'Resume renewal' }).click()
  await expect(active(shopper)).toContainText('Settings → My Stars, choose Gold, monthly')
  await telegram.editsTheSubscriptionOf(shopper.person, 'enable')
  await expect.poll(() => ledger.renewsOf(shopper.person, 'gold_monthly')).toBe(true)
  await opensTheAccountAnew(shopper)
  await expect(active(shopper)).toContainText('Renews on')
})

test('a page open for too long asks to be opened again, and changes nothing', async ({
  shopper,
  telegram,
  ledger,
}) => {
  await shopper.opensTheMiniApp()
  await subscribes(shopper)
  await shopper.app.getByRole('link', { name: 'See my plans' }).click()
  await telegram.isPatient(3700)
  await shopper.app.getByRole('button', { name: 'Cancel renewal' }).click()
  await shopper.app.getByRole('button', { name: 'Yes, cancel it' }).click()
  await expect(active(shopper)).toContainText('open it again from the bot')
  await expect(active(shopper)).toContainText('Renews on')
  expect(await ledger.renewsOf(shopper.person, 'gold_monthly')).toBe(true)

  await opensTheAccountAnew(shopper)
  await telegram.misbehaves({ api: { editUserStarSubscription: { status: 500 } } })
  await shopper.app.getByRole('button', { name: 'Cancel renewal' }).click()
  await shopper.app.getByRole('button', { name: 'Yes, cancel it' }).click()
  await expect(active(shopper)).toContainText('Telegram does not answer at the moment')
})

test('a renewal without Stars is waited for, and the account says so', async ({
  shopper,
  telegram,
}) => {
  await shopper.opensTheMiniApp()
  await subscribes(shopper)
  await telegram.editsTheSubscriptionOf(shopper.person, 'fail')
  await telegram.isPatient(30 * dayS + 60)
  await opensTheAccountAnew(shopper)
  await expect(active(shopper)).toContainText('see that you have enough Stars')
})

test('an upgrade says what it ends before paying, and ends the lower renewal', async ({
  shopper,
  ledger,
}) => {
  const silver = { from: 'silver_1m', code: 'silver_monthly', name: 'Silver, monthly', stars: 200 }
  await ledger.sellsMonthly(silver)
  await shopper.opensTheMiniApp()
  await shopper.chooses('Silver, monthly')
  await shopper.mainButton(/^Subscribe/).click()
  await shopper.paysInTheSheet()
  await shopper.seesSuccess('Silver, monthly')
  await shopper.app.getByRole('button', { name: 'Back to the plans' }).click()

  await shopper.chooses('Gold, 1 month')
  await expect(
    shopper.app.getByText(/Silver, monthly keeps running .* its renewal will be cancelled/),
  ).toBeVisible()
  await shopper.buys('Gold, 1 month')
  await expect.poll(() => ledger.renewsOf(shopper.person, 'silver_monthly')).toBe(false)
  await shopper.opensTheAccount()
  await expect(active(shopper)).toContainText(/Silver, monthlyEnds on/)
  await expect(active(shopper)).toContainText('Gold, 1 month')
})

test('a subscription is cancelled from the chat with /account', async ({
  page,
  shopper,
  ledger,
}) => {
  await shopper.opensTheMiniApp()
  await subscribes(shopper)
  await shopper.closesTheMiniApp()
  await page.getByRole('textbox').fill('/account')
  await page.getByRole('button', { name: 'Send' }).click()
  await shopper.chat.getByRole('button', { name: 'Cancel the renewal of Gold, monthly' }).click()
  await shopper.chat.getByRole('button', { name: 'Yes, cancel the renewal' }).click()
  await expect(shopper.chat).toContainText('The renewal of Gold, monthly is cancelled')
  expect(await ledger.renewsOf(shopper.person, 'gold_monthly')).toBe(false)
})
