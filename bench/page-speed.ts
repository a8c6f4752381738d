import type pg from 'pg'
import { overhear, tablesReadWhole } from './overhear'

/** A list as the admin sees it: its first page, and one near the end of its order. */
export type ListView = {
  name: string
  first: () => Promise<unknown>
  /** Null where the list has so few rows that no page lies deep. */
  deep: (() => Promise<unknown>) | null
}

export type PageSpeed = {
  name: string
  firstMs: number
  deepMs: number | null
  /** Tables that a page reads from end to end. */
  readWhole: string[]
}

// A statement with a name gets its final plan after five times.
const warmUps = 6
const rounds = 9
/** A page that takes so long is known to be slow after one more look. */
const slowMs = 500

/** In turns, so that a machine that slows down slows both. */
export async function measureList(client: pg.Client, view: ListView): Promise<PageSpeed> {
  const pages = view.deep ? [view.first, view.deep] : [view.first]
  const readWhole = new Set<string>()
  for (const page of pages) {
    const { statements } = await overhear(page)
    for (const statement of statements) {
      for (const table of await tablesReadWhole(client, statement)) readWhole.add(table)
    }
  }
  const times = pages.map((): number[] => [])
  const isSlow = (await timeOf(() => oneAfterAnother(pages))) > slowMs
  for (let round = isSlow ? 0 : -warmUps; round < (isSlow ? 1 : rounds); round++) {
    for (const [index, page] of pages.entries()) {
      const ms = await timeOf(page)
      if (round >= 0) times[index]?.push(ms)
    }
  }
  const [first = [], deep] = times
  const deepMs = deep ? median(deep) : null
  return { name: view.name, firstMs: median(first), deepMs, readWhole: [...readWhole] }
}

async function oneAfterAnother(pages: (() => Promise<unknown>)[]): Promise<void> {
  for (const page of pages) await page()
}

export async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}

export function median(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}
