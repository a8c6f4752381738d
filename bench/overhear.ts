import pg from 'pg'
import { z } from 'zod'

/** What was said to PostgreSQL, with its values. */
export type Statement = { text: string; values: unknown[] }

type Spoken = { text: string; values: unknown[] | undefined }

const listeners = new Set<(statement: Statement) => void>()
let isListening = false

/** Runs it and tells which statements it took, whoever of this process sent them. */
export async function overhear<T>(
  run: () => Promise<T>,
): Promise<{ result: T; statements: Statement[] }> {
  listen()
  const statements: Statement[] = []
  const note = (statement: Statement) => statements.push(statement)
  listeners.add(note)
  try {
    return { result: await run(), statements }
  } finally {
    listeners.delete(note)
  }
}

function listen(): void {
  if (isListening) return
  isListening = true
  const { prototype } = pg.Client
  const query = prototype.query
  prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const statement = spokenOf(given)
    if (statement) for (const note of listeners) note(statement)
    return Reflect.apply(query, this, given)
  } as typeof query
}

/** A text with values, or a settings object such as Prisma's and the streams'. */
function spokenOf([first, second]: unknown[]): Statement | null {
  const values = Array.isArray(second) ? second : []
  if (typeof first === 'string') return { text: first, values }
  if (typeof first !== 'object' || first === null || !('text' in first)) return null
  const { text, values: own } = first as Spoken
  return { text, values: own ?? values }
}

const planNode = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number().optional(),
  'Actual Loops': z.number().optional(),
  'Rows Removed by Filter': z.number().optional(),
  get Plans() {
    return z.array(planNode).optional()
  },
})
type PlanNode = z.infer<typeof planNode>

const explained = z.tuple([z.object({ Plan: planNode })])

/** The tables that PostgreSQL reads from end to end for a statement. */
export async function tablesReadWhole(
  client: pg.ClientBase,
  statement: Statement,
): Promise<string[]> {
  if (!/^\s*(select|with)\b/i.test(statement.text)) return []
  const { rows } = await client.query(`explain (format json) ${statement.text}`, statement.values)
  const [{ Plan }] = explained.parse(rows[0]?.['QUERY PLAN'])
  return [...new Set(nodesOf(Plan).flatMap(wholeTable))]
}

/** How many rows PostgreSQL looks at in tables and indexes for a statement, which it runs. */
export async function rowsRead(client: pg.ClientBase, statement: Statement): Promise<number> {
  if (!/^\s*(select|with)\b/i.test(statement.text)) return 0
  const { rows } = await client.query(
    `explain (analyze, timing off, format json) ${statement.text}`,
    statement.values,
  )
  const [{ Plan }] = explained.parse(rows[0]?.['QUERY PLAN'])
  const scans = nodesOf(Plan).filter((node) =>
    /(Seq|Index|Only|Heap) Scan$/.test(node['Node Type']),
  )
  const looked = scans.map(
    (node) =>
      ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) *
      (node['Actual Loops'] ?? 1),
  )
  return looked.reduce((sum, one) => sum + one, 0)
}

function wholeTable(node: PlanNode): string[] {
  return node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? '?'] : []
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}
