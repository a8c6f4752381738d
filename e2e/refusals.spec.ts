import { expect, test } from './fixtures'

test('a browser outside Telegram is shown the way to the bot', async ({ shopper }) => {
  await shopper.opens('/app')
  await expect(shopper.page.getByRole('heading', { name: 'Open this in Telegram' })).toBeVisible()
  await expect(shopper.page.getByRole('link', { name: 'Open the bot' })).toHaveAttribute(
    'href',
    // In a simulation the local Telegram stands in for t.me.
    `${shopper.telegram.url}/t.me/starpass_demo_bot`,
  )
})

test('init data that is too old asks to be opened again', async ({ page, shopper, telegram }) => {
  const { launch_url: address } = await telegram.launches(shopper.person, 25 * 3600)
  await page.goto(address)
  await expect(page.getByText('open it again from the bot')).toBeVisible()
})

test('the sixth attempt within a minute is refused with the time to wait', async ({ shopper }) => {
  await shopper.opensTheMiniApp()
  for (let attempt = 1; attempt <= 5; attempt++) {
    await shopper.asksFor('Gold, 1 month')
    await shopper.closesTheSheet()
    await shopper.seesThePicker()
  }
  await shopper.asksFor('Gold, 1 month')
  const refusal = shopper.app.getByText(/Too many tries.* again in \d+ seconds?/)
  await expect(refusal.first()).toBeVisible()
  await expect(shopper.paymentSheet).toBeHidden()
})

test('a Telegram that makes no invoice is an apology, and the next try works', async ({
  shopper,
  telegram,
}) => {
  await shopper.opensTheMiniApp()
  await telegram.misbehaves({ api: { createInvoiceLink: { status: 500 } } })
  await shopper.asksFor('Gold, 1 month')
  await expect(shopper.app.getByText('Telegram does not answer at the moment')).toBeVisible()
  await telegram.behaves()
  await shopper.buys('Gold, 1 month')
})

test('the invoice of one person cannot be paid by another', async ({
  stack,
  shopper,
  telegram,
}) => {
  const { init_data: initData } = await telegram.launches(shopper.person)
  const answer = await fetch(`${stack.appUrl}/api/v1/telegram/payment/send-invoice`, {
    method: 'POST',
    headers: { authorization: `tma ${initData}`, 'content-type': 'application/json' },
    body: JSON.stringify({ plan_code: 'gold_1m' }),
  })
  expect(answer.status).toBe(201)
  const { invoice_link: link } = await answer.json()
  const thief = await telegram.hasPerson()
  const attempt = await telegram.pays(thief, link)
  expect(attempt).toMatchObject({ status: 'failed', error: 'BOT_PRECHECKOUT_FAILED' })
  expect(attempt.message).toContain('made for somebody else')
})
