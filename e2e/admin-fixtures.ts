import { Admin } from './admin'
import { test as base, expect } from './fixtures'
import type { LocalStack } from './local-stack'
import { orderPlan } from './orders'
import { runsSql } from './sql'
import type { Person, Telegram } from './telegram'

export const test = base.extend<{ admin: Admin }>({
  admin: async ({ page, stack, telegram }, use) => {
    await use(new Admin(page, await telegram.firstPerson(), telegram, stack))
  },
})

/** Somebody new who bought a month of Gold. */
export async function buyer(stack: LocalStack, telegram: Telegram): Promise<Person> {
  const person = await telegram.hasPerson()
  const { init_data } = await telegram.launches(person)
  const { link } = await orderPlan(stack, init_data)
  expect((await telegram.pays(person, link)).status).toBe('paid')
  const booked =
    'select id from payment_events where telegram_user_id = $1 and charge_id is not null'
  await expect.poll(async () => (await runsSql(stack, booked, [person.id])).length).toBe(1)
  return person
}
