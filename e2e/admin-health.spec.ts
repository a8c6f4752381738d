import { test } from './admin-fixtures'
import { expect } from './fixtures'
import { runsSql } from './sql'

test('the health page shows the doctor’s table and how Telegram delivers', async ({ admin }) => {
  const { page } = admin
  await admin.opens('/admin/health')
  const doctor = page.getByRole('region', { name: 'Doctor' })
  for (const name of ['bot token', 'webhook', 'migrations', 'alerts']) {
    const row = doctor.getByRole('row').filter({ hasText: name }).first()
    await expect(row.getByText('ok', { exact: true })).toBeVisible()
  }
  const webhook = page.getByRole('region', { name: 'Webhook' })
  await expect(webhook.getByText('Telegram delivers to this shop.')).toBeVisible()
  await expect(webhook.getByText('Last update that was kept')).toBeVisible()
})

test('a comparison is a job whose result is told, with who asked and why', async ({
  admin,
  stack,
}) => {
  const { page } = admin
  await admin.opens('/admin/health')
  const runs = page.getByRole('region', { name: 'Comparisons with Telegram' })
  await runs.getByRole('button', { name: 'Compare everything' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Why/).fill('The books do not agree')
  await dialog.getByRole('button', { name: 'Compare everything' }).click()
  await expect(dialog).toBeHidden()
  await expect(runs.getByText(/^Done: \d+ transactions seen\./)).toBeVisible({ timeout: 30_000 })
  await expect(runs.getByRole('row').filter({ hasText: 'Everything' }).first()).toBeVisible()
  await page.goto(`${stack.appUrl}/admin/audit`)
  await expect(page.getByRole('cell', { name: 'The books do not agree' }).first()).toBeVisible()
})

test('an alert about an update leads to where it is settled', async ({ admin, stack }) => {
  const told = await fetch(`${stack.appUrl}/api/v1/telegram/webhook`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': stack.env.TELEGRAM_WEBHOOK_SECRET?.split(',')[0] ?? '',
    },
    // A payment without a charge: nothing can be done with it, and nothing must be lost.
    body: JSON.stringify({
      update_id: 910_000_000,
      message: {
        message_id: 1,
        date: Math.floor(Date.now() / 1000),
        from: { id: admin.person.id, is_bot: false, first_name: 'Ann' },
        chat: { id: admin.person.id, type: 'private', first_name: 'Ann' },
        successful_payment: { currency: 'XTR', total_amount: 5, invoice_payload: 'x' },
      },
    }),
  })
  expect(told.status).toBe(200)
  const alerts = () =>
    runsSql(
      stack,
      `select from graphile_worker.jobs where task_identifier = 'tell_admins'
       and key = 'updates_in_review'`,
    )
  await expect.poll(async () => (await alerts()).length).toBe(0)

  const { page } = admin
  await admin.opens('/admin/health')
  const updates = page.getByRole('region', { name: 'Updates in review' })
  const row = updates.getByRole('row').filter({ hasText: 'message 910000000' })
  await row.getByRole('button', { name: 'Leave it' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('A test')
  await dialog.getByRole('button', { name: 'Leave it' }).click()
  await expect(row).toBeHidden()
})

test('the file of a person says what they tried in vain', async ({ admin, stack, telegram }) => {
  const person = await telegram.hasPerson()
  await telegram.launches(person)
  const { page } = admin
  await runsSql(
    stack,
    `insert into users (id, telegram_user_id, first_name, last_name)
     values (gen_random_uuid(), $1, $2, 'Vainly') on conflict (telegram_user_id)
     do update set last_name = 'Vainly'`,
    [person.id, person.first_name],
  )
  await runsSql(
    stack,
    `insert into payment_events (id, provider, telegram_user_id, invoice_payload, amount, currency,
       status, reason, created_at, updated_at)
     values (gen_random_uuid(), 'stars', $1, 'gone', 500, 'XTR', 'failed', 'price_changed', now(), now())`,
    [person.id],
  )
  await admin.opens('/admin/users')
  await page.getByRole('searchbox').fill('vainly')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('table').getByRole('link').first().click()
  await expect(page.getByText(/Tried to pay on .* the price had changed/).first()).toBeVisible()
})
