import type { PersonActor } from '@/lib/kit/actor'
import { upsertUser } from './store'

/** The person's own row, made if there is none yet. */
export function ensureUser(actor: PersonActor, now: Date): Promise<{ id: string }> {
  return upsertUser(actor, now)
}
