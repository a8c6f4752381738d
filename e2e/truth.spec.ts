import { expect, test } from './fixtures'

/** What Telegram's client says about a payment is a hint; the server knows. */

test('a payment that the client calls failed is shown as what it is', async ({
  shopper,
  telegram,
}) => {
  await shopper.opensTheMiniApp()
  await telegram.misbehaves({ client_status: 'failed' })
  await shopper.buys('Gold, 1 month')
})

test('a client that never answers does not stand in the way', async ({ shopper, telegram }) => {
  await shopper.opensTheMiniApp()
  await telegram.misbehaves({ client_status: 'silent' })
  await shopper.buys('Silver, 1 month')
  await telegram.behaves()

  await shopper.app.getByRole('button', { name: 'Back to the plans' }).click()
  await shopper.buys('Gold, 1 month')
})

test('a payment that goes on after its sheet was closed is found', async ({
  shopper,
  telegram,
  ledger,
}) => {
  await shopper.opensTheMiniApp()
  await shopper.asksFor('Gold, 1 month')
  await telegram.misbehaves({ delay_ms: 1500 })
  await shopper.paysInTheSheet()
  await shopper.closesTheSheet()
  await shopper.seesSuccess('Gold, 1 month')
  expect(await ledger.chargesOf(shopper.person)).toBe(1)
})

test('reloading while a payment is being confirmed loses nothing', async ({
  page,
  shopper,
  telegram,
}) => {
  await shopper.opensTheMiniApp()
  await shopper.asksFor('Gold, 1 month')
  // The payment goes through, and the news of it arrives late.
  await telegram.misbehaves({ delay_ms: 3000 })
  await shopper.paysInTheSheet()
  await expect(shopper.app.getByText('Confirming your payment')).toBeVisible()
  const app = page.frames().find((frame) => frame.url().startsWith(shopper.appUrl))
  await app?.evaluate(() => location.reload())
  await shopper.seesSuccess('Gold, 1 month')
})
