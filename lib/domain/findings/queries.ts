import type { Actor } from '@/lib/kit/actor'
import type { FindingDto } from './schema'
import { loadFinding, loadOpen } from './store'

/** What waits for a person, newest first. */
export function listOpenFindings(
  _actor: Extract<Actor, { kind: 'system' }>,
  most = 100,
): Promise<FindingDto[]> {
  return loadOpen(most)
}

/** One finding; null when there is none of this id. */
export function findFinding(
  _actor: Extract<Actor, { kind: 'system' }>,
  id: string,
): Promise<FindingDto | null> {
  return loadFinding(id)
}
