import { createDeliverer, paymentUpdate, preCheckoutUpdate } from '@/lib/testing/webhook'
import { proveKills } from '@/prove/kills'
import { proveOutages } from '@/prove/outages'
import { holds } from '@/prove/report'
import { expect, test } from './fixtures'
import { Ledger } from './ledger'
import { orderPlan } from './orders'
import type { Person, Telegram } from './telegram'

/** Things break at the worst moment, and every payment still counts exactly once. */

const oneMonth = [{ plan_code: 'gold_1m', days: 30 }]

/** Somebody to whom the bot may write. */
async function someoneWhoStarted(telegram: Telegram): Promise<Person> {
  const person = await telegram.hasPerson()
  await telegram.writes(person, '/start')
  await expect.poll(() => telegram.sentTo(person)).toHaveLength(1)
  return person
}

async function confirmations(telegram: Telegram, to: Person): Promise<number> {
  return (await telegram.sentTo(to)).filter((text) => text.startsWith('Thank you!')).length
}

/**
 * One charge, one month, one message, and nothing left to do. A kill between a message and the note
 * that it was sent repeats it, so each kill may add one.
 */
async function expectOnePurchase(
  ledger: Ledger,
  telegram: Telegram,
  person: Person,
  kills = 0,
): Promise<void> {
  await expect.poll(() => confirmations(telegram, person)).toBeGreaterThan(0)
  await expect.poll(() => ledger.openJobs()).toBe(0)
  expect(await ledger.chargesOf(person)).toBe(1)
  expect(await ledger.daysOf(person)).toEqual(oneMonth)
  expect(await confirmations(telegram, person)).toBeLessThanOrEqual(1 + kills)
}

test('50 deliveries of one payment at once over 4 connections count once', async ({
  stack,
  telegram,
  ledger,
}) => {
  const person = await someoneWhoStarted(telegram)
  const { init_data: initData } = await telegram.launches(person)
  const invoice = await orderPlan(stack, initData)
  const update = paymentUpdate(person, await ledger.payloadOf(invoice.id), invoice.amount)

  const { deliver, close } = createDeliverer(stack, 4)
  const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(update)))
  close()

  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
  await expectOnePurchase(ledger, telegram, person)
})

test('an app that is killed between commit and answer changes and loses nothing', async ({
  stack,
  telegram,
  ledger,
}) => {
  const person = await someoneWhoStarted(telegram)
  const { init_data: initData } = await telegram.launches(person)
  const invoice = await orderPlan(stack, initData)
  const attempts = async () => (await telegram.deliveries('message')).length
  const attemptsBefore = await attempts()

  // The charge is told once its question is kept, so that its first attempt is the one that counts.
  await telegram.misbehaves({ hold: ['message'] })
  const payment = telegram.pays(person, invoice.link)
  await expect.poll(() => ledger.questionsOf(person)).toBe(1)
  // The database commits the purchase, and the app never hears of it.
  const hasCommitted = stack.databaseLine.cut('after', [/insert into entitlements/i])
  await telegram.behaves()
  await telegram.releases()
  await hasCommitted
  expect(await ledger.chargesOf(person)).toBe(1)
  await stack.killApp()
  expect(await payment).toMatchObject({ status: 'paid' })

  await stack.startApp()
  await telegram.isPatient(120)
  await expect.poll(attempts).toBeGreaterThan(attemptsBefore + 1)
  const lastAttempt = async () => (await telegram.deliveries('message')).at(-1)
  await expect.poll(lastAttempt).toMatchObject({ status: 200, ok: true })
  await expectOnePurchase(ledger, telegram, person, 1)
})

test('answers that get lost on the way make Telegram repeat, and nothing else', async ({
  stack,
  telegram,
  ledger,
}) => {
  const person = await someoneWhoStarted(telegram)
  const { init_data: initData } = await telegram.launches(person)
  const invoice = await orderPlan(stack, initData)
  await telegram.misbehaves({ drop_answer: 2, duplicate: 2 })
  expect(await telegram.pays(person, invoice.link)).toMatchObject({ status: 'paid' })
  await telegram.isPatient(120)
  await expectOnePurchase(ledger, telegram, person)
})

test('while PostgreSQL is away payments wait at Telegram and no new one is approved', async ({
  stack,
  telegram,
}) => {
  const person = await someoneWhoStarted(telegram)
  const { init_data: initData } = await telegram.launches(person)
  const invoice = await orderPlan(stack, initData)
  const before = await Ledger.open(stack.databaseUrl)
  const payload = await before.payloadOf(invoice.id)
  await before.close()
  const update = paymentUpdate(person, payload, invoice.amount)
  const { deliver, close } = createDeliverer(stack, 4)

  await stack.stopDatabase()
  const refused = await deliver(update)
  expect(refused.status).toBe(503)
  expect(Number(refused.retryAfter)).toBeGreaterThan(0)

  const askedAt = performance.now()
  const question = await deliver(preCheckoutUpdate(person, payload, invoice.amount))
  expect(performance.now() - askedAt).toBeLessThan(5000)
  expect(question.status).toBe(200)
  expect(JSON.parse(question.body)).toMatchObject({ method: 'answerPreCheckoutQuery', ok: false })

  await stack.startDatabase()
  await expect.poll(async () => (await deliver(update)).status, { timeout: 30_000 }).toBe(200)
  close()
  const ledger = await Ledger.open(stack.databaseUrl)
  await expectOnePurchase(ledger, telegram, person)
  await ledger.close()
})

test('a payment that arrives while PostgreSQL is away is granted when it is back', async ({
  stack,
  telegram,
}) => {
  const person = await someoneWhoStarted(telegram)
  const { init_data: initData } = await telegram.launches(person)
  const invoice = await orderPlan(stack, initData)
  const attempts = async (type: string) => (await telegram.deliveries(type)).length
  const questionsBefore = await attempts('pre_checkout_query')
  const messagesBefore = await attempts('message')

  // The question is answered, and the database stops before the money's message is delivered.
  await telegram.misbehaves({ delay_ms: 3000 })
  const payment = telegram.pays(person, invoice.link)
  await expect.poll(() => attempts('pre_checkout_query')).toBe(questionsBefore + 1)
  await expect
    .poll(async () => (await telegram.deliveries('pre_checkout_query')).at(-1)?.status)
    .toBe(200)
  await stack.stopDatabase()
  await telegram.behaves()
  expect(await payment).toMatchObject({ status: 'paid' })
  await expect.poll(() => attempts('message')).toBeGreaterThan(messagesBefore)
  await expect.poll(async () => (await telegram.deliveries('message')).at(-1)?.status).toBe(503)

  await stack.startDatabase()
  await expect
    .poll(async () => {
      await telegram.isPatient(60)
      return (await telegram.deliveries('message')).at(-1)?.status
    })
    .toBe(200)
  const ledger = await Ledger.open(stack.databaseUrl)
  await expectOnePurchase(ledger, telegram, person)
  await ledger.close()
})

// What follows brings up a stack of its own; `npm run prove` does the same twenty times as often.

test('a server killed at any step loses nothing, doubles nothing, repeats one message at most', async () => {
  test.setTimeout(600_000)
  const rows = await proveKills({ times: 1, only: 'payment: |message: |refund: ' })
  expect(rows.filter((row) => !holds(row))).toEqual([])
  expect(rows.length).toBeGreaterThan(12)
})

test('a line to PostgreSQL that breaks around COMMIT or hangs loses and doubles nothing', async () => {
  test.setTimeout(300_000)
  const rows = await proveOutages({ times: 1, only: 'the line breaks|the database hangs' })
  expect(rows.filter((row) => !holds(row))).toEqual([])
  expect(rows).toHaveLength(4)
})
