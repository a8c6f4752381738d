import type { Page } from '@playwright/test'
import pg from 'pg'
import { Buyer } from './buyer'
import { expect, test } from './fixtures'
import type { LocalStack } from './local-stack'
import { orderPlan } from './orders'
import { faultsInAnyLight, lookNames, looks } from './web-looks'

// The clock and the catalogue change here.
test.use({ stackName: 'web-expiry' })

async function changes(stack: LocalStack, sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: stack.databaseUrl })
  await client.connect()
  await client.query(sql, values).finally(() => client.end())
}

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
        await changes(stack, `update plans set on_sale = true where code = 'silver_3m'`)
      }

      const { init_data: initData } = await telegram.launches(ann.person)
      const { link } = await orderPlan(stack, initData)
      expect(await telegram.pays(ann.person, link)).toMatchObject({ status: 'paid' })
      await expect.poll(() => ledger.chargesOf(ann.person)).toBe(1)
      await ann.opens(`/pay/${invoiceId}`)
      await isFaultless(page, 'You have this already')

      await changes(stack, `update invoices set status = 'review' where id = $1`, [invoiceId])
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
      await changes(stack, 'alter table plans rename to plans_elsewhere')
      try {
        await page.reload()
        await isFaultless(page, 'That did not work')
      } finally {
        await changes(stack, 'alter table plans_elsewhere rename to plans')
      }
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByRole('heading', { name: 'Plans and prices' })).toBeVisible()
    })
  })
}
