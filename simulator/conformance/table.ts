import type { Rule, Section } from './rule'
import { SECTIONS } from './rules'

/** The table as Markdown: what `README.md` of this folder must be. */

function count(where: Rule['where']): number {
  const rules = SECTIONS.flatMap(({ rules }) => Object.values(rules))
  return rules.filter((rule) => rule.where === where).length
}

function proofOf(rule: Rule, section: Section): string {
  if (rule.where === 'server') return `[test](${section.test})`
  return rule.where === 'client' ? `browser: ${rule.spec}` : `left out: ${rule.reason}`
}

/** Signs that Markdown would take for its own. */
function plain(text: string): string {
  return text.replace(/[\\<>|*_$]/g, '\\$&')
}

/** Columns as wide as their widest cell, as the formatter wants them. */
function aligned(rows: [string, string, string][]): string[] {
  const width = (column: 0 | 1 | 2) => Math.max(3, ...rows.map((row) => row[column].length))
  const widths = [width(0), width(1), width(2)] as const
  const line = (cells: [string, string, string]) =>
    `| ${cells[0].padEnd(widths[0])} | ${cells[1].padEnd(widths[1])} | ${cells[2].padEnd(widths[2])} |`
  const rule = widths.map((length) => '-'.repeat(length))
  const [head = ['', '', ''], ...body] = rows
  return [line(head), `| ${rule.join(' | ')} |`, ...body.map(line)]
}

function sectionTable(section: Section): string[] {
  const rows = Object.entries(section.rules).map(([id, rule]): [string, string, string] => {
    const proof = proofOf(rule, section)
    return [id, plain(rule.says), rule.where === 'server' ? proof : plain(proof)]
  })
  return [`## ${section.title}`, '', ...aligned([['rule', '', 'proof'], ...rows]), '']
}

export function conformanceTable(): string {
  return [
    '# What is like Telegram, and how one knows',
    '',
    'Written by `tsx simulator/conformance/write-table.ts` from the rules in this folder; a test asserts',
    'that it is up to date. Each rule has its section, a sentence and one proof: a test of this folder',
    'that carries the rule’s id, a browser test in `e2e/` by its title, or the reason why it is left out.',
    '',
    `${count('server')} rules are proved at the server, ${count('client')} in the browser, ${count('nowhere')} are left out.`,
    '',
    ...SECTIONS.flatMap(sectionTable),
  ].join('\n')
}
