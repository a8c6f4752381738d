import type { Actor } from '@/lib/kit/actor'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { failUncharged } from './store'

const patienceSeconds = 15 * 60

/** Closes questions answered with yes that nobody paid. A late charge still adopts them. */
export async function closeUncharged(_actor: Extract<Actor, { kind: 'system' }>): Promise<number> {
  return failUncharged(addSeconds(await now(), -patienceSeconds))
}
