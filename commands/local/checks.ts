import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** What one runner found; the names of failures stand in its own output. */
export type Outcome = { name: string; passed: number; failed: number; seconds: number }

/** Runs a tool of this repository. Output goes straight to the terminal. */
export function runTool(
  name: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('node_modules', '.bin', name), ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** A check that either holds or does not counts as one test. */
export async function check(name: string, holds: () => Promise<boolean>): Promise<Outcome> {
  return await timed(name, async () => ((await holds()) ? [1, 0] : [0, 1]))
}

export const checkStyle = () =>
  check('format, lint and walls', async () => {
    return (await runTool('biome', ['check', '--error-on-warnings', '.'])) === 0
  })

export const checkTypes = () =>
  check('types', async () => (await runTool('tsc', ['--noEmit', '--pretty'])) === 0)

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** Runs vitest's projects; a file that could not be loaded counts as a failed test. */
export async function runVitest(projects: string[]): Promise<Outcome> {
  return await timed(`${projects.join(' and ')} tests`, async () => {
    return await withReport(async (file) => {
      const selected = projects.flatMap((project) => ['--project', project])
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const code = await runTool('vitest', ['run', ...selected, ...reporters])
      const report = vitestReport.parse(JSON.parse(await readFile(file, 'utf8')))
      const unloaded = report.testResults.filter(
        (result) => result.status === 'failed' && result.assertionResults.length === 0,
      ).length
      return settle(code, report.numPassedTests, report.numFailedTests + unloaded)
    })
  })
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
})

/** Runs the browser tests; one that needed a second attempt counts as failed. */
export async function runBrowserTests(chromiumPath: string): Promise<Outcome> {
  return await timed('browser tests', async () => {
    return await withReport(async (file) => {
      const code = await runTool('playwright', ['test', '--reporter=list,json'], {
        CHROMIUM_PATH: chromiumPath,
        PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      })
      const { stats, errors } = playwrightReport.parse(JSON.parse(await readFile(file, 'utf8')))
      return settle(code, stats.expected, stats.unexpected + stats.flaky + errors.length)
    })
  })
}

/** A runner that failed without naming a test, or that ran none, is a failure too. */
function settle(code: number, passed: number, failed: number): [number, number] {
  const silentFailure = failed === 0 && (code !== 0 || passed === 0)
  return [passed, silentFailure ? 1 : failed]
}

async function withReport<T>(use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'starpass-report-'))
  try {
    return await use(join(folder, 'report.json'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function timed(name: string, run: () => Promise<[number, number]>): Promise<Outcome> {
  const startedAt = performance.now()
  const [passed, failed] = await run().catch((error: unknown): [number, number] => {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    return [0, 1]
  })
  return { name, passed, failed, seconds: (performance.now() - startedAt) / 1000 }
}
