import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

const sampleEveryMs = 20

export type ExportSpeed = {
  /** The export's rows per second, divided by what PostgreSQL's own COPY gets. */
  toCopy: number
  /** The most memory of this process beyond what it had before, in megabytes. */
  growthMb: number
  seconds: number
  copySeconds: number
  bytes: number
}

/** Compares the export of everything with a COPY of the same columns, which runs before and after. */
export async function measureExport(
  databaseUrl: string,
  copySql: string,
  exportAll: () => Promise<AsyncIterable<Uint8Array | string>>,
): Promise<ExportSpeed> {
  const before = await timeCopy(databaseUrl, copySql)
  const memory = watchMemory()
  const startedAt = performance.now()
  let bytes = 0
  for await (const part of await exportAll()) bytes += part.length
  const seconds = (performance.now() - startedAt) / 1000
  const growthMb = memory.stop()
  const after = await timeCopy(databaseUrl, copySql)
  const copySeconds = (before + after) / 2
  return { toCopy: copySeconds / seconds, growthMb, seconds, copySeconds, bytes }
}

async function timeCopy(databaseUrl: string, sql: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const startedAt = performance.now()
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    await pipeline(client.query(copyTo(`copy (${sql}) to stdout with (format csv)`)), nowhere)
    return (performance.now() - startedAt) / 1000
  } finally {
    await client.end()
  }
}

function watchMemory(): { stop: () => number } {
  globalThis.gc?.()
  const start = process.memoryUsage.rss()
  let most = start
  const sample = () => {
    most = Math.max(most, process.memoryUsage.rss())
  }
  const timer = setInterval(sample, sampleEveryMs)
  return {
    stop() {
      sample()
      clearInterval(timer)
      return (most - start) / 1024 / 1024
    },
  }
}
