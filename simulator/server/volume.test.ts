import { describe, expect, it } from 'vitest'
import { chatOf, sendAsPerson } from './chats'
import { botById, personById } from './people'
import { approve, type Bench, startBench } from './testing/harness'

const PEOPLE = 42
const DAYS = 30
const MESSAGES = 8
const DAY = 86_400

async function newPeople(bench: Bench): Promise<number[]> {
  const ids: number[] = []
  for (let index = 0; index < PEOPLE; index++) {
    ids.push(Number((await bench.post('/control/people', { first_name: `P${index}` })).id))
  }
  return ids
}

describe('a month of a busy bot', () => {
  it('is 10,000 deliveries and 30 days in seconds', async () => {
    const started = Date.now()
    const bench = await startBench()
    const hook = await bench.hook(approve)
    const people = await newPeople(bench)
    const link = await bench.link({
      prices: [{ label: 'Gold', amount: 100 }],
      subscription_period: 30 * DAY,
    })
    for (const person of people)
      expect(await bench.pay(link, person)).toMatchObject({ status: 'paid' })
    const { world } = bench.simulator
    const chats = people.map((id) =>
      chatOf(world, botById(world, undefined), personById(world, id)),
    )
    for (let day = 0; day < DAYS; day++) {
      for (let message = 0; message < MESSAGES; message++) {
        for (const chat of chats) sendAsPerson(world, chat, `day ${day}, ${message}`)
      }
      await bench.advance(DAY)
    }
    await bench.advance(60)
    const delivered = bench.deliveries.filter(({ ok }) => ok)
    // A pre-checkout query, a payment and a renewal each, and what they wrote.
    expect(delivered).toHaveLength(PEOPLE * (3 + DAYS * MESSAGES))
    expect(delivered.length).toBeGreaterThan(10_000)
    expect(hook.received).toHaveLength(delivered.length)
    expect(world.clock.offsetSeconds).toBeGreaterThan(DAYS * DAY)
    for (const person of people) {
      const own = delivered.filter(({ queue }) => queue === person)
      expect(own.map(({ update_id }) => update_id)).toEqual(
        own.map(({ update_id }) => update_id).toSorted((a, b) => a - b),
      )
    }
    expect(Date.now() - started).toBeLessThan(45_000)
  }, 60_000)
})
