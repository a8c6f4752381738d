import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { auditActions, auditSentence } from './admin-audit'

const root = join(import.meta.dirname, '..', 'domain')

/** Names of actions in the files that write to the audit log. */
function actionsInCode(): string[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
  const lines = files.flatMap((text) => text.split('\n')).filter((line) => /\baction\b/.test(line))
  return lines.flatMap((line) => line.match(/'[a-z]+(?:_[a-z]+)+'/g) ?? [])
}

it('has a sentence for every action that the code writes', () => {
  const found = actionsInCode().map((name) => name.slice(1, -1))
  expect(found).toContain('request_refund')
  expect(found.filter((name) => !(name in auditActions))).toEqual([])
})

it('tells an unknown action by its name', () => {
  expect(auditSentence('new_thing')).toBe('did “new thing”')
})
