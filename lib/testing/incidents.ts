import { expect } from 'vitest'
import type { CapturedLog } from './captured-log'
import { dumpDatabase } from './dump'
import { countersMovedBy } from './metrics'

/** One way to cheat, and what must come of it. */
export type Attempt = {
  attempt: () => Promise<Response>
  status: number
  body?: object
  kind: string
  /** What is counted besides the incident. */
  counted?: Record<string, number>
  /** The tables that may note the attempt; all others stay as they are. */
  writes?: string[]
}

/** Makes the attempt: it must be refused, be logged and counted as one incident, and change nothing. */
export async function expectRefused(log: CapturedLog, one: Attempt): Promise<void> {
  const before = await dumpDatabase()
  log.clear()
  let response = new Response()
  const moved = await countersMovedBy(async () => {
    response = await one.attempt()
  })

  expect(response.status).toBe(one.status)
  if (one.body) expect(await response.json()).toMatchObject(one.body)
  expect(moved).toEqual({ ...one.counted, [`security_incidents_total{kind="${one.kind}"}`]: 1 })
  const incidents = log.lines().filter((line) => line.incident)
  expect(incidents).toMatchObject([{ event: one.kind, outcome: 'refused' }])
  const after = await dumpDatabase()
  for (const table of one.writes ?? []) {
    before.delete(table)
    after.delete(table)
  }
  expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before))
}

/** The incidents that the work counts. */
export async function incidentsOf(work: () => Promise<unknown>): Promise<string[]> {
  const moved = Object.keys(await countersMovedBy(work))
  return moved.filter((name) => name.startsWith('security_'))
}
