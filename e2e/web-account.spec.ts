import type { Page } from '@playwright/test'
import { z } from 'zod'
import { expect, test } from './fixtures'
import type { LocalStack } from './local-stack'
import type { Shopper } from './shopper'
import { runsSql } from './sql'
import type { Person, Telegram } from './telegram'
import { faultsInAnyLight, lookNames, looks } from './web-looks'

// The catalogue and the settings change here.
test.use({ stackName: 'account' })

type World = { page: Page; person: Person; telegram: Telegram; stack: LocalStack }

const invoice = z.object({ invoice_link: z.string() })

const worldOf = (shopper: Shopper, stack: LocalStack, telegram: Telegram): World => ({
  page: shopper.page,
  person: shopper.person,
  telegram,
  stack,
})

/** Logs in with a code that the bot confirms, and comes back to where it led away from. */
async function opensLoggedIn({ page, person, telegram, stack }: World, path: string) {
  await page.goto(`${stack.appUrl}${path}`)
  await expect.poll(() => new URL(page.url()).pathname).toBe('/login')
  await page.getByRole('button', { name: /Confirm in the bot|Log in with the bot/ }).click()
  const href = await page.getByRole('link', { name: 'Open Telegram' }).getAttribute('href')
  await telegram.writes(person, `/start ${new URL(href ?? '').searchParams.get('start')}`)
  const question = async () =>
    (await telegram.shows(person)).findLast(({ text }) => text?.includes('Log in on our web page?'))
  await expect.poll(question).toBeTruthy()
  const asked = await question()
  const yes = asked?.keyboard?.flat().find(({ text }) => text === 'Yes, log me in')
  await telegram.presses(person, asked?.message_id ?? 0, yes?.callback_data ?? '')
  await expect.poll(() => new URL(page.url()).pathname).toBe(path)
}

/** Buys with Stars on the phone, without a browser. */
async function buysOnThePhone({ person, telegram, stack }: World, planCode: string) {
  const { init_data: initData } = await telegram.launches(person)
  const response = await fetch(`${stack.appUrl}/api/v1/telegram/payment/send-invoice`, {
    method: 'POST',
    headers: { authorization: `tma ${initData}`, 'content-type': 'application/json' },
    body: JSON.stringify({ plan_code: planCode }),
  })
  const { invoice_link: link } = invoice.parse(await response.json())
  expect(await telegram.pays(person, link)).toMatchObject({ status: 'paid' })
}

const plans = (page: Page) => page.getByRole('region', { name: 'Your plans' })

for (const size of lookNames) {
  test.describe(size, () => {
    test.use({ viewport: looks[size] })

    test('a subscription in Stars is seen, cancelled after a question, and resumed', async ({
      shopper,
      stack,
      telegram,
      ledger,
    }) => {
      const ann = worldOf(shopper, stack, telegram)
      const { page } = ann
      await opensLoggedIn(ann, '/account')
      await expect(page.getByRole('heading', { name: 'No plans yet' })).toBeVisible()
      await buysOnThePhone(ann, 'gold_monthly')
      await expect.poll(() => ledger.chargesOf(ann.person)).toBe(1)
      await page.reload()
      await expect(plans(page)).toContainText('Gold, monthly')
      await expect(plans(page)).toContainText(
        /next charge, 450 Stars, is taken from your Telegram Stars/,
      )

      const cancel = page.getByRole('button', { name: 'Cancel renewal' })
      await cancel.press('Enter')
      await expect(plans(page)).toContainText('only we can lift it')
      await page.getByRole('button', { name: 'Keep it' }).press('Enter')
      await expect(cancel).toBeVisible()
      expect(await ledger.renewsOf(ann.person, 'gold_monthly')).toBe(true)
      await cancel.press('Enter')
      await page.getByRole('button', { name: 'Yes, cancel it' }).press('Enter')
      await expect(plans(page)).toContainText('The renewal is cancelled.')
      await expect(plans(page)).toContainText('Does not renew; nothing more is charged.')
      expect(await ledger.renewsOf(ann.person, 'gold_monthly')).toBe(false)

      await page.getByRole('button', { name: 'Resume renewal' }).click()
      await expect(plans(page)).toContainText('Settings → My Stars, choose Gold, monthly')
      await telegram.editsTheSubscriptionOf(ann.person, 'enable')
      await expect.poll(() => ledger.renewsOf(ann.person, 'gold_monthly')).toBe(true)
      await page.reload()
      await expect(plans(page)).toContainText('Active, renews on')
    })

    test('a receipt is printed without the page around it, by its owner only', async ({
      shopper,
      stack,
      telegram,
      browser,
    }) => {
      await runsSql(
        stack,
        `insert into settings (name, value, updated_by, updated_at)
         values ('seller', '"Sample Studio Ltd\\n1 High Street, Leeds"', 'owner', now())
         on conflict (name) do update set value = excluded.value`,
      )
      const ann = worldOf(shopper, stack, telegram)
      const { page } = ann
      await buysOnThePhone(ann, 'silver_1m')
      await opensLoggedIn(ann, '/account')
      await page.getByRole('link', { name: /^Receipt for Silver, 1 month/ }).click()
      await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible()
      const sheet = page.getByRole('article')
      await expect(sheet).toContainText('Sample Studio Ltd')
      await expect(sheet).toContainText(ann.person.first_name)
      await expect(sheet).toContainText(`Telegram id ${ann.person.id}`)
      await expect(sheet).toContainText('30 days, paid once')
      await expect(sheet).toContainText(/Paid on\d+ \w+ \d{4} at \d\d:\d\d UTC/)
      await page.emulateMedia({ media: 'print' })
      await expect(page.getByRole('banner')).toBeHidden()
      await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
      await expect(page.getByRole('contentinfo')).toBeHidden()
      await expect(sheet).toBeVisible()

      const context = await browser.newContext()
      const ben = { ...ann, page: await context.newPage(), person: await telegram.hasPerson() }
      await opensLoggedIn(ben, '/account')
      await ben.page.goto(page.url())
      await expect(ben.page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
      await context.close()
    })

    test('a payment whose news was lost is restored', async ({
      shopper,
      stack,
      telegram,
      ledger,
    }) => {
      const ann = worldOf(shopper, stack, telegram)
      const { page } = ann
      await opensLoggedIn(ann, '/account')
      await telegram.misbehaves({ drop: ['message'] })
      await buysOnThePhone(ann, 'gold_1m')
      await telegram.behaves()
      expect(await ledger.chargesOf(ann.person)).toBe(0)
      await page.getByRole('button', { name: 'Restore purchases' }).press('Enter')
      await expect(page.getByText('1 payment was missing and is here now.')).toBeVisible()
      await expect(plans(page)).toContainText('Gold, 1 month')
      await expect(page.getByRole('region', { name: 'Payments' })).toContainText('Gold, 1 month')
      expect(await ledger.chargesOf(ann.person)).toBe(1)
    })

    test('data is deleted after the typed word, renewals first, and everybody is logged out', async ({
      shopper,
      stack,
      telegram,
      ledger,
    }) => {
      const ann = worldOf(shopper, stack, telegram)
      const { page } = ann
      await buysOnThePhone(ann, 'gold_monthly')
      await opensLoggedIn(ann, '/account')
      await page.getByRole('link', { name: 'Delete my data' }).click()
      await expect(
        page.getByText('The renewal of Gold, monthly. Nothing more is charged.'),
      ).toBeVisible()
      const word = page.getByLabel('Type DELETE to confirm')
      await word.fill('yes')
      await page.getByRole('button', { name: 'Delete my data' }).click()
      await expect(page.getByText('Type the word DELETE into the field')).toBeVisible()

      await telegram.misbehaves({ api: { editUserStarSubscription: { status: 500 } } })
      await word.fill('DELETE')
      await page.getByRole('button', { name: 'Delete my data' }).click()
      await expect(page.getByText('so nothing was deleted')).toBeVisible()
      await telegram.behaves()

      await word.fill('delete')
      await word.press('Enter')
      await expect(page.getByRole('heading', { name: 'Your data is deleted' })).toBeVisible()
      expect(await ledger.renewsOf(ann.person, 'gold_monthly')).toBe(false)
      expect(await ledger.chargesOf(ann.person)).toBe(1)
      await shopper.opens('/account')
      await expect.poll(() => new URL(page.url()).pathname).toBe('/login')
    })
  })
}

test('a subscription by card is cancelled and resumed here, and its card is managed', async ({
  shopper,
  stack,
  telegram,
  ledger,
}) => {
  await runsSql(
    stack,
    `insert into plan_prices (plan_code, currency, amount) values ('gold_monthly', 'GBP', 699)`,
  )
  const ann = worldOf(shopper, stack, telegram)
  const { page } = ann
  await opensLoggedIn(ann, '/account')
  await shopper.opens('/plans/gold_monthly')
  await page.getByRole('button', { name: /by card$/ }).click()
  await page.getByLabel('Card number').fill('4242424242424242')
  await page.getByRole('button', { name: 'Subscribe' }).click()
  await expect.poll(() => ledger.chargesOf(ann.person)).toBe(1)

  await shopper.opens('/account')
  await expect(plans(page)).toContainText(/next charge, £6\.99, is taken from your card at Stripe/)
  await page.getByRole('button', { name: 'Cancel renewal' }).click()
  await page.getByRole('button', { name: 'Yes, cancel it' }).click()
  await expect(plans(page)).toContainText('Does not renew; nothing more is charged.')
  await page.getByRole('button', { name: 'Resume renewal' }).click()
  await expect(plans(page)).toContainText('It renews by itself again.')
  expect(await ledger.renewsOf(ann.person, 'gold_monthly')).toBe(true)

  await page.getByRole('button', { name: 'Manage card' }).click()
  await expect(page.getByRole('link', { name: 'Return to shop' })).toBeVisible()
  await page.getByRole('link', { name: 'Return to shop' }).click()
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
})

test('a receipt tells the time of its reader beside UTC', async ({ browser, stack, telegram }) => {
  const context = await browser.newContext({ timezoneId: 'Asia/Tokyo' })
  const ann = {
    page: await context.newPage(),
    person: await telegram.hasPerson(),
    telegram,
    stack,
  }
  await buysOnThePhone(ann, 'silver_1m')
  await opensLoggedIn(ann, '/account')
  await ann.page.getByRole('link', { name: /^Receipt for/ }).click()
  await expect(ann.page.getByRole('article')).toContainText(/GMT\+9 \(.* UTC\)/)
  await context.close()
})

test('Mini App and browser show the same account', async ({
  browser,
  shopper,
  stack,
  telegram,
}) => {
  await shopper.opensTheMiniApp()
  await shopper.buys('Gold, 1 month')
  await shopper.opensTheAccount()
  const inTelegram = shopper.app.getByRole('region', { name: 'Active' })
  await expect(inTelegram).toContainText('Gold, 1 month')
  const [until = ''] = /until \d+ \w+ \d{4}/.exec((await inTelegram.textContent()) ?? '') ?? []

  const context = await browser.newContext({ timezoneId: 'UTC' })
  const ann = { ...worldOf(shopper, stack, telegram), page: await context.newPage() }
  await opensLoggedIn(ann, '/account')
  await expect(plans(ann.page)).toContainText('Gold, 1 month')
  expect(until).not.toBe('')
  await expect(plans(ann.page)).toContainText(until)
  await context.close()
})

test('logging out leads to the front page and closes the account', async ({
  shopper,
  stack,
  telegram,
}) => {
  const ann = worldOf(shopper, stack, telegram)
  const { page } = ann
  await opensLoggedIn(ann, '/account')
  await page.getByRole('button', { name: 'Log out', exact: true }).click()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/')
  await shopper.opens('/account/delete')
  await expect.poll(() => new URL(page.url()).pathname).toBe('/login')
})

test('a login that ended elsewhere is said, with the way back', async ({
  shopper,
  stack,
  telegram,
}) => {
  const ann = worldOf(shopper, stack, telegram)
  const { page } = ann
  await opensLoggedIn(ann, '/account')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Restore purchases' }).click()
  await expect(page.getByText('You are not logged in any more.')).toBeVisible()
  await page.getByRole('link', { name: 'Log in again' }).click()
  await expect.poll(() => page.url()).toContain('/login?callbackUrl=/account')
})

for (const size of lookNames) {
  test(`the account is accessible and fits a ${size}, light and dark`, async ({
    shopper,
    stack,
    telegram,
  }) => {
    const ann = worldOf(shopper, stack, telegram)
    const { page } = ann
    await page.setViewportSize(looks[size])
    await buysOnThePhone(ann, 'gold_monthly')
    await opensLoggedIn(ann, '/account')
    const receipt = page.getByRole('link', { name: /^Receipt for/ })
    const path = (await receipt.getAttribute('href')) ?? ''
    for (const each of ['/account', path, '/account/delete']) {
      await shopper.opens(each)
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      if (each === '/account') await page.getByRole('button', { name: 'Cancel renewal' }).click()
      expect(await faultsInAnyLight(page, each)).toEqual([])
    }
  })
}
