import { describe, it } from 'vitest'
import type { Provable, Section } from './rule'

/** Runs the proofs of a section: one test for each rule that a test is to prove. */
export function prove<S extends Section>(
  section: S,
  proofs: Record<Provable<S>, () => Promise<void>>,
): void {
  const byId: Record<string, () => Promise<void>> = proofs
  describe(section.title, () => {
    for (const [id, rule] of Object.entries(section.rules)) {
      const proof = byId[id]
      if (rule.where !== 'server') continue
      if (proof === undefined) throw new Error(`There is no proof of ${id}.`)
      it(`${id} ${rule.says}`, { timeout: 30_000 }, proof)
    }
  })
}
