import { slugOf } from './bot'
import { expect, test } from './fixtures'

/** Telegram's links, and the chat (protocol.md C.5). */

test('links: an invoice link opened by the app pays without a report and closes the app in Web A', async ({
  person,
  bot,
}) => {
  await person.opensApp('official', 'web')
  const open = async () => {
    const link = await bot.sells()
    await person.runs(`app.openTelegramLink('${link}'), undefined`)
    await expect(person.sheet).toContainText('Gold')
  }
  await open()
  await person.pays()
  await expect.poll(() => bot.paid()).toHaveLength(1)
  await expect(person.sheet).toBeHidden()
  await expect(person.app).toBeVisible()
  expect(await person.runs(`told.filter(({ name }) => name === 'invoiceClosed').length`)).toBe(0)

  await person.closesApp()
  await person.opensTelegram('weba')
  await person.button('Shop').click()
  await expect(person.frameLocator.getByRole('heading')).toBeVisible()
  await open()
  await expect(person.app).toBeHidden()
  await person.pays()
  await expect.poll(() => bot.paid()).toHaveLength(2)
})

test('links: every form of an invoice link opens the sheet', async ({ page, person, bot }) => {
  await person.opensTelegram()
  await person.pressesStart()
  const slug = slugOf(await bot.sells())
  const forms = [
    `https://t.me/$${slug}`,
    `https://t.me/invoice/${slug}`,
    `tg://invoice?slug=${slug}`,
  ]
  for (const [index, url] of forms.entries()) {
    const name = `Form ${index + 1}`
    await bot.writes(person.id, 'Here it is', {
      reply_markup: { inline_keyboard: [[{ text: name, url }]] },
    })
    await person.button(name).click()
    await expect(person.sheet).toContainText('Gold')
    await person.closesSheet()
  }
  // Followed in an ordinary browser it leads here as well.
  await page.goto(`${person.telegramUrl}/t.me/$${slug}`)
  const question = page.getByRole('dialog', { name: 'Who opens this link?' })
  await question
    .getByRole('button', { name: /^Visitor/ })
    .last()
    .click()
  await expect(person.sheet).toContainText('Gold')
})

test('links: other hosts are not Telegram', async ({ page, person, bot }) => {
  await person.opensTelegram()
  await person.pressesStart()
  const slug = slugOf(await bot.sells())
  for (const host of ['telegram.me', 'www.t.me']) {
    const link = `https://${host}/$${slug}`
    await bot.writes(person.id, `See ${link}`)
    // An ordinary link to another tab, not a payment.
    await expect(person.chat.getByRole('link', { name: link })).toHaveAttribute('target', '_blank')
  }
  await expect(person.sheet).toBeHidden()

  await person.opensApp('official')
  for (const host of ['telegram.me', 'www.t.me']) {
    const open = `(() => { try { app.openTelegramLink('https://${host}/x') } catch (error) { return error.message } })()`
    expect(await person.runs(open)).toBe('WebAppTgUrlInvalid')
  }
  await expect(page.locator('iframe[title="Mini App"]')).toBeVisible()
})

test('chat: the Pay button opens the same sheet and turns into a receipt', async ({
  page,
  person,
  bot,
}) => {
  await person.opensTelegram()
  await person.pressesStart()
  await bot.sendsInvoice(person.id, { title: 'Silver', amount: 250 })
  await person.chat.getByRole('button', { name: /^Pay/ }).click()
  await expect(person.sheet).toContainText('Silver')
  await person.pays()
  await expect(person.chat).toContainText('You paid')
  await expect(person.sheet).toBeHidden()
  await expect(person.chat.getByRole('button', { name: /^Pay/ })).toBeHidden()
  await person.chat.getByRole('button', { name: 'Receipt' }).last().click()
  const receipt = page.getByRole('dialog', { name: 'Receipt' })
  await expect(receipt).toContainText('Silver')
  await expect(receipt.locator('code')).toHaveText(/^stx/)
})
