import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Criterion = { name: string; proofs: { file: string; title: string }[] }

/** The groups of docs/acceptance.md: each criterion with the tests it names. */
function readGroups(): Map<string, Criterion[]> {
  const groups = new Map<string, Criterion[]>()
  let group: Criterion[] = []
  for (const line of readFileSync('docs/acceptance.md', 'utf8').split('\n')) {
    const [, heading] = /^## (\d.*)$/.exec(line) ?? []
    if (line.startsWith('## ')) group = []
    if (heading) groups.set(heading, group)
    const [, name] = /^\d+\. (.+)$/.exec(line) ?? []
    if (name) group.push({ name, proofs: [] })
    const [, file, title] = /^ {3}- `(.+?)` › (.+)$/.exec(line) ?? []
    if (file && title) group.at(-1)?.proofs.push({ file, title })
  }
  return groups
}

const groups = readGroups()
const criteria = [...groups.values()].flat()
const proofs = criteria.flatMap((one) => one.proofs)
const sources = new Map(
  [...new Set(proofs.map(({ file }) => file))].map((file) => [
    file,
    existsSync(file) ? readFileSync(file, 'utf8') : '',
  ]),
)

describe('the list of acceptance', () => {
  it('has 53 criteria in six groups, one sentence each', () => {
    expect([...groups.values()].map((group) => group.length)).toEqual([10, 10, 10, 8, 7, 8])
    expect(criteria).toHaveLength(53)
    for (const { name } of criteria) expect(name).toMatch(/^[A-Z`].*[^.]\.$/)
  })

  it.each(criteria)('has a test for: $name', (criterion) => {
    expect(criterion.proofs.length).toBeGreaterThan(0)
  })

  it.each(proofs)('names a test that exists: $file › $title', ({ file, title }) => {
    const source = sources.get(file) ?? ''
    const spellings = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`]
    expect(spellings.some((one) => source.includes(one))).toBe(true)
    expect(source).not.toMatch(/\b(?:it|test|describe)\.(?:skip|only|todo|fails)\b/)
  })
})
