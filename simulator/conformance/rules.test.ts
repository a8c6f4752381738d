import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SECTIONS } from './rules'
import { SPEC_TITLES } from './spec-titles'
import { conformanceTable } from './table'

const HERE = fileURLToPath(new URL('./', import.meta.url))
const SPECS = fileURLToPath(new URL('../../e2e/', import.meta.url))
const rules = SECTIONS.flatMap((section) =>
  Object.entries(section.rules).map(([id, rule]) => ({ id, rule, section })),
)

function timesIn(text: string, part: string): number {
  return text.split(part).length - 1
}

describe('the table of rules', () => {
  it('names each rule once, after its section', () => {
    const ids = rules.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
    for (const id of ids) expect(id).toMatch(/^(A\.[1-9]|B(\.\d+)?|C\.[1-5]|D\.[1-3])-[a-z-]+-\d+$/)
  })

  it('has exactly one proof of each rule that is to be proved at the server', () => {
    const files = readdirSync(HERE).filter((name) => name.endsWith('.test.ts'))
    const texts = new Map(files.map((name) => [name, readFileSync(`${HERE}${name}`, 'utf8')]))
    for (const { id, rule, section } of rules) {
      const all = [...texts.values()].reduce((sum, text) => sum + timesIn(text, `'${id}':`), 0)
      const there = timesIn(texts.get(section.test ?? '') ?? '', `'${id}':`)
      expect([id, all, there]).toEqual(rule.where === 'server' ? [id, 1, 1] : [id, 0, 0])
    }
  })

  it('gives a reason for each rule that is left out', () => {
    for (const { rule } of rules) {
      if (rule.where === 'nowhere') expect(rule.reason).toMatch(/^[A-Z].{5,}\.$/)
    }
  })

  it('finds the browser test of each rule that needs one', () => {
    const names = existsSync(SPECS) ? readdirSync(SPECS, { recursive: true }).map(String) : []
    const specs = names.filter((name) => name.endsWith('.spec.ts'))
    const texts = specs.map((name) => readFileSync(`${SPECS}${name}`, 'utf8')).join('\n')
    const used = new Set(rules.flatMap(({ rule }) => (rule.where === 'client' ? [rule.spec] : [])))
    expect([...used].sort()).toEqual([...SPEC_TITLES].sort())
    expect([...used].filter((title) => !texts.includes(title))).toEqual([])
  })

  it('is written out in README.md', () => {
    expect(readFileSync(`${HERE}README.md`, 'utf8')).toBe(conformanceTable())
  })
})
