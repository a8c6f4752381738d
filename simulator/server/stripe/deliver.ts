import { HttpError } from '@/simulator/server/errors'
import type { StripeDelivery } from '@/simulator/wire'
import type { StripeAccount } from './account'
import type { EventJson } from './shapes'

export type DeliverInput = {
  event_ids?: string[] | undefined
  times: number
  order: 'given' | 'reversed' | 'shuffled'
  /** The same seed shuffles the same way. */
  seed: number
  endpoint_id?: string | undefined
  at_once: boolean
}

function shuffled<T>(items: T[], seed: number): T[] {
  const rest = [...items]
  const result: T[] = []
  let state = seed >>> 0
  while (rest.length > 0) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    result.push(...rest.splice(Math.floor((state / 2 ** 32) * rest.length), 1))
  }
  return result
}

function chosen(account: StripeAccount, ids: string[] | undefined): EventJson[] {
  if (ids === undefined) return account.webhooks.waiting()
  return ids.map((id) => {
    const event = account.events.get(id)
    if (event === undefined) throw new HttpError(404, 'EVENT_UNKNOWN', `There is no event ${id}.`)
    return event
  })
}

/** Delivers events by hand: as often and in the order that a test wants. */
export async function deliverInOrder(
  account: StripeAccount,
  input: DeliverInput,
): Promise<Omit<StripeDelivery, 'request_body'>[]> {
  const events = chosen(account, input.event_ids)
  const all = Array.from({ length: input.times }, () => events).flat()
  const order = { given: all, reversed: [...all].reverse(), shuffled: shuffled(all, input.seed) }
  const send = (event: EventJson) => account.webhooks.deliver(event, input.endpoint_id)
  const made: StripeDelivery[][] = []
  if (input.at_once) made.push(...(await Promise.all(order[input.order].map(send))))
  else for (const event of order[input.order]) made.push(await send(event))
  return made.flat().map(({ request_body, ...rest }) => rest)
}
