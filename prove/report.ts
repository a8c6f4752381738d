/** One line of the table: what was tried, how often, and what came of it. */
export type Row = {
  proof: string
  what: string
  times: number
  lost: number
  doubled: number
  /** Messages that a person got a second time. */
  extra: number
  /** How many may be: a message that was sent while its job could not be ticked off comes again. */
  extraMax: number
  seed: number | null
  /** Sentences about what else did not hold. */
  problems: string[]
}

export function makeRow(proof: string, what: string, more: Partial<Row> = {}): Row {
  const nothing = { times: 0, lost: 0, doubled: 0, extra: 0, extraMax: 0, seed: null, problems: [] }
  return { proof, what, ...nothing, ...more }
}

/** Nothing lost, nothing doubled, no more extra messages than may be, nothing else wrong. */
export function holds(row: Row): boolean {
  return (
    row.times > 0 &&
    row.lost === 0 &&
    row.doubled === 0 &&
    row.extra <= row.extraMax &&
    row.problems.length === 0
  )
}

const columns = {
  proof: (row: Row) => row.proof,
  what: (row: Row) => row.what,
  'how often': (row: Row) => row.times.toLocaleString('en'),
  lost: (row: Row) => String(row.lost),
  doubled: (row: Row) => String(row.doubled),
  'extra messages': (row: Row) => String(row.extra),
  seed: (row: Row) => (row.seed === null ? '' : String(row.seed)),
  holds: (row: Row) => (holds(row) ? 'yes' : 'NO'),
} as const

/** The table as Markdown, which reads well in a terminal too. */
export function tableOf(rows: Row[]): string {
  const lines = [Object.keys(columns), ...rows.map((row) => cellsOf(row))]
  const widths = Object.keys(columns).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  const print = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = lines
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [print(head), rule, ...body.map(print)].join('\n')
}

function cellsOf(row: Row): string[] {
  return Object.values(columns).map((cell) => cell(row))
}
