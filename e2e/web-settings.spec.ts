import pg from 'pg'
import { seriousFindings } from './accessibility'
import { expect, test } from './fixtures'

// The owner's words and an empty catalogue are seen by everybody who uses the same stack.
test.use({ stackName: 'settings' })

async function decide(databaseUrl: string, name: string, value: unknown): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(
      `insert into settings (name, value, updated_by, updated_at) values ($1, $2, 'owner', now())
       on conflict (name) do update set value = excluded.value`,
      [name, JSON.stringify(value)],
    )
  } finally {
    await client.end()
  }
}

test('what the owner decides is on the pages within seconds', async ({ page, stack }) => {
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const decided = {
    shopName: 'North Reading',
    seller: 'North Ltd, 1 High Street',
    supportContact: 'help@north.example',
    terms: '# Ours\n<b>Be kind</b>',
    featureNames: 'no_ads: Not one advert',
    accent: '#ffe600',
    logo: `data:image/png;base64,${png}`,
  }
  for (const [name, value] of Object.entries(decided)) await decide(stack.databaseUrl, name, value)
  await expect
    .poll(async () => {
      await page.goto(`${stack.appUrl}/plans`)
      return page.title()
    })
    .toBe('Plans and prices · North Reading')
  await expect(page.getByText('Not one advert').first()).toBeVisible()
  await expect(page.getByText('Sold by North Ltd')).toBeVisible()
  const support = page.getByRole('link', { name: 'Support' })
  await expect(support).toHaveAttribute('href', 'mailto:help@north.example')
  expect(await seriousFindings(page)).toEqual([])

  const logo = await page.getByRole('banner').getByRole('presentation').getAttribute('src')
  const answer = await page.request.get(`${stack.appUrl}${logo}`)
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  })
  await page.goto(`${stack.appUrl}/`)
  const button = page.getByRole('link', { name: 'See the plans' })
  await expect(button).toHaveCSS('background-color', 'rgb(255, 230, 0)')
  await expect(button).toHaveCSS('color', 'rgb(0, 0, 0)')
  await page.goto(`${stack.appUrl}/terms`)
  await expect(page.getByText('<b>Be kind</b>')).toBeVisible()
})

test('a shop without plans says so', async ({ page, stack }) => {
  const client = new pg.Client({ connectionString: stack.databaseUrl })
  await client.connect()
  const { rows } = await client.query('select code from plans where on_sale')
  await client.query('update plans set on_sale = false')
  try {
    await page.goto(`${stack.appUrl}/plans`)
    await expect(page.getByRole('heading', { name: 'Nothing is on sale right now' })).toBeVisible()
    await page.goto(`${stack.appUrl}/plans/gold_1m`)
    await expect(page.getByRole('heading', { name: /no longer on sale/ })).toBeVisible()
  } finally {
    const codes = rows.map((row) => row.code)
    await client.query('update plans set on_sale = true where code = any($1)', [codes])
    await client.end()
  }
})
