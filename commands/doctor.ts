import { pathToFileURL } from 'node:url'
import { examine } from '@/lib/doctor/checks'
import { closePool } from '@/lib/platform/pool'
import { runCommand } from './local/progress'

/** Runs every check and prints the table. True when all is well. */
export async function doctor(): Promise<boolean> {
  const checks = examine({ kind: 'system' })
  const width = Math.max(...checks.map((check) => check.name.length))
  let isWell = true
  for (const { name, outcome } of checks) {
    const { ok, remedy } = await outcome
    isWell &&= ok
    console.log(`${name.padEnd(width)}  ${ok ? 'ok  ' : 'fail'}  ${remedy}`.trimEnd())
  }
  return isWell
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runCommand(async () => {
    const allWell = await doctor()
    await closePool()
    process.exit(allWell ? 0 : 1)
  })
}
