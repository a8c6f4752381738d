import type { Page } from '@playwright/test'
import { Buyer } from './buyer'
import { expect, test } from './fixtures'
import { orderPlan } from './orders'
import { runsSql } from './sql'
import { faultsInAnyLight, lookNames, looks, movement } from './web-looks'

// The clock and the catalogue change here.
test.use({ stackName: 'web-expiry' })

/** Waits until the page says this, and looks for faults in what it shows then. */
async function isFaultless(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole('heading', { name: heading })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  expect(await faultsInAnyLight(page, heading)).toEqual([])
}

for (const size of lookNames) {
  test.describe(size, () => {
    test.use({ viewport: looks[size] })

    test('a payment is accessible and fits in every state it can end in', async ({
      page,
      stack,
      telegram,
      ledger,
    }) => {
      const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
      await ann.logsInFrom('silver_3m')
      await ann.asksToPayWithStars()
      const { invoiceId } = ann

      try {
        await ledger.prices('silver_3m', 660)
        await page.reload()
        await isFaultless(page, 'The price has changed')
      } finally {
        await ledger.prices('silver_3m', 650)
      }
      await telegram.isPatient(3601)
      await page.reload()
      await isFaultless(page, 'This payment link has expired')

      try {
        await ledger.retires('silver_3m')
        await page.reload()
        await isFaultless(page, 'This plan is not on sale any more')
        await ann.opens('/plans/silver_3m')
        await isFaultless(page, 'This plan is no longer on sale')
      } finally {
        await runsSql(stack, `update plans set on_sale = true where code = 'silver_3m'`)
      }

      const { init_data: initData } = await telegram.launches(ann.person)
      const { link } = await orderPlan(stack, initData)
      expect(await telegram.pays(ann.person, link)).toMatchObject({ status: 'paid' })
      await expect.poll(() => ledger.chargesOf(ann.person)).toBe(1)
      await ann.opens(`/pay/${invoiceId}`)
      await isFaultless(page, 'You have this already')

      await runsSql(stack, `update invoices set status = 'review' where id = $1`, [invoiceId])
      await page.reload()
      await isFaultless(page, 'Payment received')
    })

    test('a card that the bank still looks at is accessible and fits', async ({
      page,
      stack,
      telegram,
    }) => {
      const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
      await ann.logsInFrom('coaching_1m')
      await ann.asksToPayByCard()
      await telegram.misbehaves({ stripe_webhook: { hold: true } })
      await ann.typesTheCard('4242424242424242')
      await isFaultless(page, 'Waiting for the bank')
      await telegram.behaves()
      await ann.hearsFromTheBank()
      await ann.seesSuccess('Coaching, 1 month')
    })

    test('a page that failed is accessible, fits, and works again when it is asked to', async ({
      page,
      stack,
    }) => {
      await page.goto(`${stack.appUrl}/plans`)
      await runsSql(stack, 'alter table plans rename to plans_elsewhere')
      try {
        await page.reload()
        await isFaultless(page, 'That did not work')
      } finally {
        await runsSql(stack, 'alter table plans_elsewhere rename to plans')
      }
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByRole('heading', { name: 'Plans and prices' })).toBeVisible()
    })

    test('a page whose frame failed is accessible, fits, and works again when it is asked to', async ({
      page,
      stack,
      telegram,
    }) => {
      const ann = new Buyer(page, await telegram.hasPerson(), telegram, stack)
      await ann.logsInFrom('gold_1m')
      await runsSql(stack, 'alter table users rename to users_elsewhere')
      try {
        await page.reload()
        await isFaultless(page, 'That did not work')
        await expect(page.getByRole('banner')).toHaveCount(0)
        await expect(page.getByRole('main')).toHaveCSS('position', 'fixed')
      } finally {
        await runsSql(stack, 'alter table users_elsewhere rename to users')
      }
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByRole('heading', { name: 'Gold, 1 month' })).toBeVisible()
    })
  })
}

test('nothing moves on a phone, however little is on sale', async ({ page, stack }) => {
  await page.setViewportSize(looks.phone)
  await runsSql(stack, 'create table plans_before as select * from plans')
  const few = `update plans set features = array[features[1]], on_sale = code = any($1),
    family = 'premium', tier = case family when 'coaching' then 9 else tier end`
  await runsSql(stack, few, [['silver_1m', 'gold_1m', 'coaching_1m']])
  try {
    await page.goto(`${stack.appUrl}/plans`)
    await expect(page.getByText('Who helps me?')).toBeVisible()
    await expect(page.getByText('Coaching, 1 month')).toBeVisible()
    expect(await movement(page)).toBeLessThan(0.02)
  } finally {
    const back = `update plans set features = b.features, on_sale = b.on_sale,
      family = b.family, tier = b.tier from plans_before b where b.code = plans.code`
    await runsSql(stack, back)
    await runsSql(stack, 'drop table plans_before')
  }
})
