import { parse } from 'csv-parse/sync'
import { Admin } from './admin'
import { expect, test } from './fixtures'
import { orderPlan } from './orders'

test('the list is written into the file that was chosen, and a refused one leaves none', async ({
  page,
  stack,
  telegram,
}) => {
  const person = await telegram.hasPerson()
  const { init_data } = await telegram.launches(person)
  const { link } = await orderPlan(stack, init_data)
  expect((await telegram.pays(person, link)).status).toBe('paid')

  // Nobody can press in the system's dialog, so the file is one of the browser's own.
  await page.addInitScript(() =>
    Object.defineProperty(window, 'showSaveFilePicker', {
      value: async () =>
        (await navigator.storage.getDirectory()).getFileHandle('chosen.csv', { create: true }),
    }),
  )
  const admin = new Admin(page, await telegram.firstPerson(), telegram, stack)
  await admin.opens(`/admin/payments?q=${person.id}&status=completed`)
  const exports = page.getByRole('button', { name: 'Export as CSV' })
  // The charge is booked a moment after the person has paid.
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('One row')).toBeVisible({ timeout: 1000 })
  }).toPass()
  await exports.click()
  await expect(page.getByText('Saved 1 row.')).toBeVisible()
  const text = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory()
    return (await (await folder.getFileHandle('chosen.csv')).getFile()).text()
  })
  const rows: Record<string, string>[] = parse(text, { columns: true })
  expect(rows).toMatchObject([{ telegram_id: String(person.id), amount_in_smallest_unit: '500' }])

  await page.route('**/admin/payments/export**', (route) => route.abort())
  await exports.click()
  await expect(page.getByText('The export broke off.')).toBeVisible()
  const names = await page.evaluate(async () => {
    const found: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) found.push(name)
    return found
  })
  expect(names).toEqual([])
})
