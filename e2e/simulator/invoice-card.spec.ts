import { expect, test } from './fixtures'

/** Cards, shipping and 3-D Secure (protocol.md C.4, Web A step 6). */

test('invoice: a card payment is pending on submit, then paid, and may ask for 3-D Secure', async ({
  person,
  bot,
  misbehaves,
}) => {
  await person.opensApp('plain')
  const link = await bot.sells({ card: true, amount: 1250 })
  await person.asksToPay(link)
  await expect(person.sheet).toContainText('€12.50')
  await person.sheet.getByRole('radio', { name: /3-D Secure/ }).check()
  await person.pays()
  await expect(person.sheet).toContainText('is it you who pays')
  await person.sheet.getByRole('button', { name: 'Yes, it is me' }).click()
  await expect.poll(() => person.verdicts()).toEqual(['paid'])
  await expect.poll(() => bot.paid()).toHaveLength(1)

  await misbehaves({ hold: ['pre_checkout_query'] })
  await person.asksToPay(link)
  await person.pays()
  await expect(person.sheet.getByRole('button', { name: 'Paying…' })).toBeVisible()
  await person.closesSheet()
  await expect.poll(() => person.verdicts()).toEqual(['paid', 'pending'])
})

test('invoice: a card that is declined, and one whose owner refuses, fail', async ({
  person,
  bot,
}) => {
  await person.opensApp('plain', 'web')
  await person.asksToPay(await bot.sells({ card: true }))
  await person.sheet.getByRole('radio', { name: /declined/ }).check()
  await person.pays()
  await expect(person.sheet).toContainText('The bank declined the card')
  await person.sheet.getByRole('button', { name: 'Try again' }).click()
  await person.sheet.getByRole('radio', { name: /3-D Secure/ }).check()
  await person.pays()
  await person.sheet.getByRole('button', { name: 'No, refuse' }).click()
  await expect(person.sheet).toContainText('Payment failed')
  await person.closesSheet()
  await expect.poll(() => person.verdicts()).toEqual(['failed'])
  expect(bot.paid()).toHaveLength(0)
})

test('invoice: an address leads to ways of shipping, which are paid for', async ({
  person,
  bot,
}) => {
  await person.opensApp('plain')
  const more = { need_name: true, need_shipping_address: true, is_flexible: true }
  await person.asksToPay(await bot.sells({ card: true, amount: 1000, more }))
  await person.sheet.getByRole('textbox', { name: 'Name' }).fill('Ann Lee')
  await person.sheet.getByRole('textbox', { name: 'Street' }).fill('Long Lane 1')
  await person.sheet.getByRole('textbox', { name: 'City' }).fill('Leeds')
  await person.sheet.getByRole('textbox', { name: 'Postcode' }).fill('LS1 1AA')
  await person.sheet.getByRole('textbox', { name: 'Country' }).fill('Britain')
  await person.sheet.getByRole('button', { name: 'Continue' }).click()
  await expect(person.sheet.getByRole('alert')).toContainText('two letters')
  await person.sheet.getByRole('textbox', { name: 'Country' }).fill('gb')
  await person.sheet.getByRole('button', { name: 'Continue' }).click()
  await person.sheet.getByRole('radio', { name: /Fast/ }).check()
  await person.sheet.getByRole('button', { name: 'Continue' }).click()
  await expect(person.sheet).toContainText('€19.00')
  await person.pays()
  await expect.poll(() => person.verdicts()).toEqual(['paid'])
  await expect
    .poll(() => bot.paid().at(0)?.message?.successful_payment)
    .toMatchObject({
      total_amount: 1900,
      shipping_option_id: 'fast',
    })
})
