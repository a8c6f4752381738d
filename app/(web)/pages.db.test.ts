import '@/lib/testing/next-runtime'

import { encode } from 'next-auth/jwt'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, describe, expect, it } from 'vitest'
import { sessionCookieName } from '@/lib/auth/cookies'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { priceFor } from '@/lib/domain/plans/price'
import { listPlans, rails } from '@/lib/domain/plans/queries'
import { openSession } from '@/lib/domain/users/open-session'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { fromUnix, toUnix } from '@/lib/kit/period'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { TestBrowser } from '@/lib/testing/next-request'
import { loadCatalogue } from './catalogue'
import HomePage from './page'
import { Payment } from './plans/[code]/payment'
import PlansPage from './plans/page'

let ann: PersonActor
let browser: TestBrowser

/** What a page sends, without its looks. */
const draws = async (page: () => Promise<ReactNode>) => {
  const drawn = async () => renderToStaticMarkup(await page())
  return (await browser.within(browser.request('/'), drawn)).replaceAll(/ class="[^"]*"/g, '')
}
/** Text alone, as a person reads it. */
const reads = async (page: () => Promise<ReactNode>) =>
  (await draws(page)).replaceAll(/<script.*?<\/script>|<[^>]+>/gs, ' ')
const takesCards = (key: string | undefined) => {
  env().STRIPE_SECRET_KEY = key
}

async function logsIn(): Promise<void> {
  const session = await openSession(ann)
  const token = { sub: String(ann.telegramUserId), version: session?.sessionVersion }
  browser.cookies.set(sessionCookieName(), await encode({ token, secret: env().NEXTAUTH_SECRET }))
}

async function buysSilver(): Promise<void> {
  const at = fromUnix(toUnix(new Date()))
  const facts = { telegramUserId: ann.telegramUserId, currency: 'XTR', amount: 250 }
  const payload = signPayload({ id: newId(), planCode: 'silver_1m', issuedAt: at, ...facts })
  await recordCharge({ kind: 'telegram' }, makeCharge({ payer: ann, payload, amount: 250 }))
}

beforeEach(() => {
  ann = makePerson()
  browser = new TestBrowser()
  takesCards(undefined)
})

describe('the front page', () => {
  it('tells a visitor what this is, and nothing of what anybody has', async () => {
    const text = await reads(HomePage)
    expect(text).toContain('How it works')
    expect(text).not.toMatch(/Hello|You have|Go to my account/)
  })

  it('shows somebody who is logged in what they have, with the way to it', async () => {
    await logsIn()
    await buysSilver()
    const page = await draws(HomePage)
    expect(page).toContain(`>Hello, ${ann.firstName}</h1>`)
    expect(page).toMatch(/Silver, 1 month<\/span><span>Active until \d+ \w+ \d{4}/)
    expect(page).toContain('href="/account"')
    expect(page).toContain('You have this')
    expect(page).toContain('Gold starts right away; Silver, 1 month keeps running beside it')
    expect(page).not.toContain('How it works')
  })

  it('leads somebody who has nothing yet to the plans', async () => {
    await logsIn()
    const text = await reads(HomePage)
    expect(text).toContain('You have no plan yet')
    expect(text).toContain('How it works')
    expect(text).not.toContain('Active')
  })
})

describe('the plans', () => {
  it('tell what changes with an upgrade, once and on the higher tier', async () => {
    await logsIn()
    await buysSilver()
    const text = await reads(PlansPage)
    const note = 'Gold starts right away; Silver, 1 month keeps running beside it'
    expect(text.split(note)).toHaveLength(2)
    expect(text.indexOf(note)).toBeGreaterThan(text.indexOf('Active until'))
    expect(text.indexOf(note)).toBeLessThan(text.indexOf('Gold, 1 month'))
  })

  it('tell a visitor nothing of upgrades', async () => {
    expect(await reads(PlansPage)).not.toContain('You have')
  })

  it.each([undefined, 'sk_test_of_the_pages'])(
    'cost what the one price function says (cards: %s)',
    async (key) => {
      takesCards(key)
      const { plans } = await browser.within(browser.request('/plans'), loadCatalogue)
      const real = await listPlans()
      expect(plans.length).toBeGreaterThan(0)
      for (const plan of real) {
        const shown = plans.find(({ code }) => code === plan.code)
        expect(shown?.starPrice).toEqual(priceFor(plan, 'stars', rails()))
        expect(shown?.cardPrice).toEqual(priceFor(plan, 'stripe', rails()))
      }
      expect(plans.some(({ cardPrice }) => cardPrice !== null)).toBe(key !== undefined)
    },
  )
})

describe('the page of a plan', () => {
  it('says for whose account it is bought', async () => {
    const plans = await listPlans()
    const panel = async () => {
      const plan = plans.find(({ code }) => code === 'gold_1m')
      if (!plan) throw new Error('the sample catalogue has no gold_1m')
      return browser.within(browser.request('/plans'), () => Payment({ plan, plans }))
    }
    expect((await panel()).props).not.toHaveProperty('buyer')
    await logsIn()
    expect((await panel()).props).toMatchObject({ buyer: `${ann.firstName} (@${ann.username})` })
  })
})
