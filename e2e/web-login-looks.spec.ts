import { type LoginProblem, loginProblems } from '@/lib/messages/login'
import { expect, test } from './fixtures'
import { path, Visitor } from './visitor'
import { faults, faultsInAnyLight, lookNames, looks } from './web-looks'

for (const size of lookNames) {
  test(`every state of the login is accessible and fits a ${size}`, async ({
    page,
    stack,
    telegram,
  }) => {
    await page.setViewportSize(looks[size])
    const ann = new Visitor(page, await telegram.hasPerson(), telegram, stack.appUrl)
    await ann.opensLogin()
    await expect(page.getByRole('button', { name: 'Confirm in the bot' })).toBeVisible()
    expect(await faultsInAnyLight(page, 'the start')).toEqual([])
    await ann.asksForACode()
    expect(await faultsInAnyLight(page, 'a code that waits')).toEqual([])
    await ann.followsTheLink()
    await ann.followsTheLink(await telegram.hasPerson())
    await expect(page.getByRole('alert').getByRole('heading')).toBeVisible()
    expect(await faultsInAnyLight(page, 'a code that is lost')).toEqual([])
    await page.getByRole('button', { name: 'Get a new code' }).click()
    await expect(page.getByRole('heading', { name: 'Confirm in Telegram' })).toBeVisible()
    await ann.shownCode()
    await ann.followsTheLink()
    await ann.answers('Yes, log me in')
    await expect.poll(() => path(page)).toBe('/account')
    await ann.opensLogin()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('You are logged in as')
    expect(await faultsInAnyLight(page, 'logged in')).toEqual([])
    await ann.opensLogin('?error=another_person')
    await expect(page.getByRole('alert').getByRole('heading')).toBeVisible()
    expect(await faultsInAnyLight(page, 'logged in as another person')).toEqual([])
  })

  test(`every problem of a login is accessible and fits a ${size}`, async ({ page, stack }) => {
    await page.setViewportSize(looks[size])
    // The pages differ in their words only, so each look takes one of the two colour schemes.
    await page.emulateMedia({ colorScheme: size === 'phone' ? 'dark' : 'light' })
    for (const problem of Object.keys(loginProblems) as LoginProblem[]) {
      await page.goto(`${stack.appUrl}/login?error=${problem}`)
      const { heading } = loginProblems[problem]
      await expect(page.getByRole('alert').getByRole('heading', { name: heading })).toBeVisible()
      expect([problem, await faults(page)]).toEqual([problem, []])
    }
  })
}
