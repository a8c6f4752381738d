import { parse } from 'csv-parse/sync'
import { seriousFindings } from './accessibility'
import { Admin } from './admin'
import { buyer, test } from './admin-fixtures'
import { expect } from './fixtures'
import type { LocalStack } from './local-stack'
import { orderPlan } from './orders'
import { runsSql } from './sql'
import type { Person, Telegram } from './telegram'

test('nobody is led to the login and back to the very page, and others find no admin', async ({
  admin,
  browser,
  stack,
  telegram,
}) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const stranger = new Admin(page, await telegram.hasPerson(), telegram, stack)
  await stranger.opens('/admin/payments?status=refunded')
  await expect(page.getByRole('heading', { name: 'Payments' })).toBeHidden()
  for (const path of ['/admin', '/admin/payments', '/admin/users', '/admin/settings']) {
    expect((await page.goto(`${stack.appUrl}${path}`))?.status()).toBe(404)
  }
  expect((await context.request.get(`${stack.appUrl}/admin/payments/export`)).status()).toBe(404)
  await context.close()

  await admin.opens('/admin/payments?status=refunded')
  await expect(admin.page.getByRole('heading', { name: 'Payments' })).toBeVisible()
  await expect(admin.page.getByLabel('Status')).toHaveValue('refunded')
})

test('a payment is found from a complaint, understood and refunded once', async ({
  admin,
  stack,
  telegram,
  ledger,
}) => {
  const person = await buyer(stack, telegram)
  const { page } = admin
  await admin.opens('/admin/payments')
  await page.getByRole('searchbox').fill(String(person.id))
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('table').getByText('Completed')).toBeVisible()
  await page.getByRole('table').locator('tbody a').first().click()
  await expect(page.getByText('An invoice was made: Gold, 1 month')).toBeVisible()

  await page.getByRole('button', { name: 'Refund…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/Gold, 1 month/)).toBeVisible()
  await dialog.getByLabel('Reason').fill('They bought it by mistake')
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: /^Refund/ }).dblclick()
  await expect(page.getByText('The money went back').first()).toBeVisible()
  expect(await ledger.chargesOf(person)).toBe(1)
  const [asked] = await runsSql(
    stack,
    `select count(*)::int as count from refund_requests r join payment_events e on e.id = r.payment_id
     where e.telegram_user_id = $1`,
    [person.id],
  )
  expect(asked).toEqual({ count: 1 })

  await page.goto(`${stack.appUrl}/admin/users/${person.id}`)
  await expect(page.getByText(/was refunded on/).first()).toBeVisible()
})

test('time is given by hand, and the person has it at once', async ({
  admin,
  stack,
  telegram,
  ledger,
}) => {
  const person = await buyer(stack, telegram)
  const { page } = admin
  await admin.opens(`/admin/users/${person.id}`)
  await page.getByRole('button', { name: 'Grant a plan…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').selectOption('silver_1m')
  await dialog.getByRole('spinbutton').fill('7')
  await dialog.getByLabel('Reason').fill('A week as an apology')
  await dialog.getByRole('button', { name: 'Grant', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(async () => (await ledger.daysOf(person)).length).toBe(2)
  await expect(page.getByText('A week as an apology').first()).toBeVisible()
})

test('a charge of another amount is settled from the page that says what waits', async ({
  admin,
  stack,
  telegram,
  ledger,
}) => {
  const person = await mischarged(stack, telegram, 900_000_000)
  const { page } = admin
  await admin.opens('/admin/health')
  const row = page.getByRole('row').filter({ hasText: String(person.first_name) })
  await row.getByRole('link', { name: 'Look at it' }).click()
  await admin.confirms('Honour…', 'The price had changed while they paid', 'Give the plan')
  await expect.poll(async () => (await ledger.daysOf(person)).length).toBe(1)
})

async function chargeOf(stack: LocalStack, person: Person, invoiceId: string) {
  const [invoice] = await runsSql(stack, 'select payload from invoices where id = $1', [invoiceId])
  const who = { id: person.id, is_bot: false, first_name: person.first_name }
  return {
    message: {
      message_id: 1,
      date: Math.floor(Date.now() / 1000),
      from: who,
      chat: { id: person.id, type: 'private', first_name: person.first_name },
      successful_payment: {
        currency: 'XTR',
        total_amount: 500,
        invoice_payload: invoice.payload,
        telegram_payment_charge_id: `by-hand-${invoiceId}`,
        provider_payment_charge_id: '',
      },
    },
  }
}

test('an alert about money leads to the page where it is settled', async ({
  admin,
  stack,
  telegram,
  ledger,
}) => {
  // A bot may write only to those who wrote to it.
  await telegram.writes(admin.person, '/start')
  const person = await mischarged(stack, telegram, 900_000_001)
  const alerts = async () => {
    const messages = await telegram.shows(admin.person)
    const texts = messages.filter(({ from }) => from === 'bot').map(({ text }) => text ?? '')
    return texts.filter((text) => text.includes(`(${person.id})`))
  }
  await expect.poll(alerts).toHaveLength(1)
  const [alert = ''] = await alerts()
  expect(alert).toContain('needs you')
  const [link = ''] = /http\S+\/admin\/payments\/\S+/.exec(alert) ?? []
  expect(link).toContain(stack.appUrl)

  const { page } = admin
  await admin.opens(new URL(link).pathname)
  await expect(page.getByText(String(person.id)).first()).toBeVisible()
  await admin.confirms('Honour…', 'The price had changed while they paid', 'Give the plan')
  await expect.poll(async () => (await ledger.daysOf(person)).length).toBe(1)
  await page.goto(link)
  await expect(page.getByRole('button', { name: 'Refund…' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Honour…' })).toBeHidden()
  expect(await alerts()).toHaveLength(1)
})

/** Somebody new whose charge does not fit their invoice; it waits for an admin. */
async function mischarged(
  stack: LocalStack,
  telegram: Telegram,
  updateId: number,
): Promise<Person> {
  const person = await telegram.hasPerson()
  const { init_data } = await telegram.launches(person)
  const { id, link } = await orderPlan(stack, init_data)
  await runsSql(stack, 'update invoices set amount = amount + 1 where id = $1', [id])
  // The bot's question is answered with no, so the charge is told as Telegram would tell it.
  expect((await telegram.pays(person, link)).status).toBe('failed')
  const told = await fetch(`${stack.appUrl}/api/v1/telegram/webhook`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': stack.env.TELEGRAM_WEBHOOK_SECRET?.split(',')[0] ?? '',
    },
    body: JSON.stringify({ ...(await chargeOf(stack, person, id)), update_id: updateId }),
  })
  expect(told.status).toBe(200)
  return person
}

test('the list leaves as a file that another parser reads', async ({ admin, stack, telegram }) => {
  const person = await buyer(stack, telegram)
  const { page } = admin
  // As in a browser whose pages may write no files; the other way stands in admin-export.spec.ts.
  await page.addInitScript(() =>
    Object.defineProperty(window, 'showSaveFilePicker', { value: undefined }),
  )
  await admin.opens(`/admin/payments?q=${person.id}`)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const file = await (await saving).createReadStream()
  const rows: Record<string, string>[] = parse((await file.toArray()).join(''), { columns: true })
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    telegram_id: String(person.id),
    amount_in_smallest_unit: '500',
    currency: 'XTR',
    status: 'completed',
  })
  await page.goto(`${stack.appUrl}/admin/audit`)
  await expect(
    page.getByRole('cell', { name: /took payments out as a file/ }).first(),
  ).toBeVisible()
})

test('other sites can neither frame the admin nor act in it', async ({ admin, stack }) => {
  const { page } = admin
  await admin.opens('/admin/payments')
  const response = await page.goto(`${stack.appUrl}/admin/payments`)
  const headers = response?.headers() ?? {}
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['cache-control']).toContain('no-store')
  const foreign = await page.request.get(`${stack.appUrl}/admin/payments/export`, {
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  expect(foreign.status()).toBe(403)
})

const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const

test('a page looks the same whether it was loaded or come to by a link', async ({
  admin,
  stack,
}) => {
  const { page } = admin
  await admin.opens('/admin/audit')
  for (const name of ['Payments', 'People', 'Plans', 'Settings']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await page.waitForLoadState('networkidle')
    const sheets = page.locator('link[rel=stylesheet]')
    expect(await sheets.count()).toBeGreaterThan(0)
    const cameTo = await page.evaluate(looksOfAll)
    await page.reload({ waitUntil: 'networkidle' })
    await expect(sheets).toHaveCount(0)
    expect([name, await page.evaluate(looksOfAll)]).toEqual([name, cameTo])
    // From a page that brought its own styles to the next one.
    await page.goto(`${stack.appUrl}/admin/audit`, { waitUntil: 'networkidle' })
  }
})

/** Runs in the page: what of every element style sheets decide. */
function looksOfAll(): string[] {
  return [...document.querySelectorAll('main, main *:not(svg *, time, script)')].map((element) => {
    const { display, color, backgroundColor, padding, margin, font, border } =
      getComputedStyle(element)
    return [element.tagName, display, color, backgroundColor, padding, margin, font, border].join(
      ' ',
    )
  })
}

for (const [size, viewport] of Object.entries(sizes)) {
  test.describe(size, () => {
    test.use({ viewport })

    test(`every page of the admin is accessible and fits a ${size}, light and dark`, async ({
      admin,
      stack,
      telegram,
    }) => {
      const person = await buyer(stack, telegram)
      const [payment] = await runsSql(
        stack,
        'select id from payment_events where telegram_user_id = $1 and charge_id is not null',
        [person.id],
      )
      const { page } = admin
      await admin.opens('/admin/payments')
      const paths = {
        payments: '/admin/payments',
        payment: `/admin/payments/${payment.id}`,
        people: '/admin/users',
        person: `/admin/users/${person.id}`,
        plans: '/admin/plans',
        plan: '/admin/plans/gold_1m',
        'new-plan': '/admin/plans/new',
        health: '/admin/health',
        settings: '/admin/settings',
        audit: '/admin/audit',
      }
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(`${stack.appUrl}${path}`, { waitUntil: 'networkidle' })
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          expect([name, colorScheme, await seriousFindings(page)]).toEqual([name, colorScheme, []])
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - window.innerWidth,
          )
          expect([name, overflow]).toEqual([name, 0])
          await page.screenshot({
            path: `test-results/admin/${name}-${size}-${colorScheme}.png`,
            fullPage: true,
          })
        }
      }
    })
  })
}
