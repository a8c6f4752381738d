import { expect, test } from './fixtures'

/** The invoice flow (protocol.md C.4). */

test('invoice: a payment reports paid, and the bot hears of it', async ({ person, bot }) => {
  await person.opensApp('official')
  const link = await bot.sells()
  await person.runs(
    `void (window.status = '…', app.openInvoice('${link}', (status) => { window.status = status }))`,
  )
  await expect(person.sheet).toContainText('Gold')
  await expect(person.sheet).toContainText('5000')
  await person.pays()
  await expect(person.sheet).toContainText('Payment successful')
  await expect.poll(() => person.runs('status')).toBe('paid')
  expect(await person.runs(`told.find(({ name }) => name === 'invoiceClosed').url`)).toBe(link)
  await expect.poll(() => bot.paid()).toHaveLength(1)
  await expect(person.chat).toContainText('You paid')
})

test('invoice: a refused or unanswered pre-checkout reports failed', async ({
  person,
  bot,
  waits,
}) => {
  await person.opensApp('plain')
  bot.mood = 'refuses'
  await person.asksToPay(await bot.sells())
  await person.pays()
  // In Web A the sheet goes and the bot's sentence stays for a while.
  await expect(person.notice).toContainText('Sold out, sorry.')
  await expect(person.sheet).toBeHidden()
  await expect.poll(() => person.verdicts()).toEqual(['failed'])

  bot.mood = 'silent'
  await person.asksToPay(await bot.sells())
  await person.pays()
  await expect.poll(() => bot.received.filter((each) => each.pre_checkout_query)).toHaveLength(2)
  await waits(11)
  await expect(person.notice).toContainText('did not answer in time')
  await expect.poll(() => person.verdicts()).toEqual(['failed', 'failed'])
  expect(bot.paid()).toHaveLength(0)
})

test('invoice: closing the sheet reports cancelled, even while the payment goes through', async ({
  person,
  bot,
  misbehaves,
}) => {
  await person.opensApp('plain')
  const link = await bot.sells()
  await person.asksToPay(link)
  await person.closesSheet()
  await expect.poll(() => person.verdicts()).toEqual(['cancelled'])

  await misbehaves({ hold: ['pre_checkout_query'] })
  await person.asksToPay(link)
  await person.pays()
  await expect(person.sheet.getByRole('button', { name: 'Paying…' })).toBeVisible()
  await person.closesSheet()
  await expect.poll(() => person.verdicts()).toEqual(['cancelled', 'cancelled'])
  expect(bot.paid()).toHaveLength(0)

  // Released by hand, in the observer.
  await person.page.getByRole('button', { name: 'Show the observer' }).first().click()
  const observer = person.page.getByRole('complementary', { name: 'Observer' })
  await observer.getByRole('tab', { name: 'Queues' }).click()
  await observer.getByRole('button', { name: /^Release/ }).click()
  await expect.poll(() => bot.paid()).toHaveLength(1)
  expect(await person.verdicts()).toEqual(['cancelled', 'cancelled'])
})

test('invoice: a slug that leads nowhere shows a notice and never reports in Web A', async ({
  person,
}) => {
  await person.opensApp('plain')
  await person.says('web_app_open_invoice', { slug: 'nowhere' })
  await expect(person.notice).toContainText('no invoice with this slug')
  await person.waitsItsTurn()
  expect(await person.verdicts()).toEqual([])

  await person.closesApp()
  await person.opensTelegram('web')
  await person.button('Shop').click()
  await expect(person.frameLocator.getByRole('heading')).toBeVisible()
  await person.says('web_app_open_invoice', { slug: 'nowhere' })
  await expect.poll(() => person.verdicts()).toEqual(['failed'])
})

test('invoice: too few Stars lead to the top-up sheet', async ({ person, bot }) => {
  await person.opensApp('plain', 'web')
  const link = await bot.sells({ amount: 5200 })
  await person.asksToPay(link)
  await person.pays()
  await expect(person.sheet).toContainText('Not enough Stars')
  await person.sheet.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => person.verdicts()).toEqual(['cancelled'])

  await person.asksToPay(link)
  await person.pays()
  await person.sheet.getByRole('button', { name: 'Add ⭐ 500 free here' }).click()
  await expect(person.sheet).toContainText('5500')
  await person.pays()
  await expect.poll(() => person.verdicts()).toEqual(['cancelled', 'paid'])
})

test('invoice: Web K stays open after a failure and reports the last outcome', async ({
  person,
  bot,
}) => {
  await person.opensApp('plain', 'web')
  const link = await bot.sells()
  bot.mood = 'refuses'
  await person.asksToPay(link)
  await person.pays()
  await expect(person.sheet).toContainText('Sold out, sorry.')
  await person.waitsItsTurn()
  expect(await person.verdicts()).toEqual([])
  await person.closesSheet()
  await expect.poll(() => person.verdicts()).toEqual(['failed'])

  await person.asksToPay(link)
  await person.pays()
  await expect(person.sheet).toContainText('Payment failed')
  bot.mood = 'approves'
  await person.sheet.getByRole('button', { name: 'Try again' }).click()
  await person.pays()
  await expect.poll(() => person.verdicts()).toEqual(['failed', 'paid'])
})

test('invoice: an expired form is reloaded in Web K', async ({ person, bot, waits }) => {
  await person.opensApp('plain', 'web')
  await person.asksToPay(await bot.sells())
  await waits(601)
  await person.pays()
  await expect.poll(() => person.verdicts()).toEqual(['paid'])

  await person.closesApp()
  await person.opensTelegram('weba')
  await person.button('Shop').click()
  await expect(person.frameLocator.getByRole('heading')).toBeVisible()
  await person.asksToPay(await bot.sells())
  await waits(601)
  await person.pays()
  await expect(person.notice).toContainText('has expired')
  await expect.poll(() => person.verdicts()).toEqual(['failed'])
})

test('invoice: the same slug cannot be opened twice at once', async ({ person, bot }) => {
  await person.opensApp('official')
  const link = await bot.sells()
  await person.runs(`app.openInvoice('${link}'), undefined`)
  await expect(person.sheet).toBeVisible()
  const again = `(() => { try { app.openInvoice('${link}') } catch (error) { return error.message } })()`
  expect(await person.runs(again)).toBe('WebAppInvoiceOpened')
  await person.closesSheet()
  await expect
    .poll(() => person.runs(`told.findLast((each) => each.status)?.status`))
    .toBe('cancelled')
  expect(await person.runs(again)).toBeUndefined()
})

test('invoice: the payment goes on when the Mini App is closed', async ({
  person,
  bot,
  misbehaves,
  releases,
}) => {
  await person.opensApp('plain')
  await misbehaves({ hold: ['pre_checkout_query'] })
  await person.asksToPay(await bot.sells())
  await person.pays()
  await expect(person.sheet.getByRole('button', { name: 'Paying…' })).toBeVisible()
  await person.says('web_app_close')
  await expect(person.page.locator('iframe[title="Mini App"]')).toBeHidden()
  await expect(person.sheet).toBeVisible()
  await releases()
  await expect(person.sheet).toContainText('Payment successful')
  await expect.poll(() => bot.paid()).toHaveLength(1)
})

test('invoice: a client that says failed or nothing leaves the truth to the bot', async ({
  person,
  bot,
  misbehaves,
}) => {
  await person.opensApp('plain')
  await misbehaves({ client_status: 'failed' })
  await person.asksToPay(await bot.sells())
  await person.pays()
  await expect.poll(() => person.verdicts()).toEqual(['failed'])
  await expect.poll(() => bot.paid()).toHaveLength(1)

  await misbehaves({ client_status: 'silent' })
  await person.asksToPay(await bot.sells())
  await person.pays()
  await expect(person.sheet).toContainText('the Mini App is told nothing')
  await expect(person.sheet).toBeHidden()
  await person.waitsItsTurn()
  expect(await person.verdicts()).toEqual(['failed'])
  await expect.poll(() => bot.paid()).toHaveLength(2)
})
