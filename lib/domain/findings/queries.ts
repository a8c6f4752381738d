import { type Manager, requirePower } from '@/lib/kit/powers'
import type { FindingDto } from './schema'
import { loadFinding, loadOpen } from './store'

/** What waits for a person, newest first. */
export function listOpenFindings(actor: Manager, most = 100): Promise<FindingDto[]> {
  requirePower(actor, 'view')
  return loadOpen(most)
}

/** One finding; null when there is none of this id. */
export function findFinding(actor: Manager, id: string): Promise<FindingDto | null> {
  requirePower(actor, 'view')
  return loadFinding(id)
}
