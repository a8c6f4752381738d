import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { startProcess } from './processes'

const buildFolder = '.next'
const hashFile = join(buildFolder, 'source-hash')

/** Nothing in these reaches a build. Everything else does, so a new folder is never forgotten. */
const besideTheBuild = new Set([
  ...['node_modules', '.git', '.next', '.demo', '.ci', '.github', 'docs', 'coverage'],
  ...['e2e', 'bench', 'prove', 'commands', 'simulator', 'reports'],
  ...['test-results', 'playwright-report'],
])
const sourceEndings = new Set([
  ...['.ts', '.tsx', '.js', '.mjs', '.json', '.css', '.prisma', '.sql'],
  ...['.svg', '.png', '.ico', '.webp', '.woff2', '.txt', '.webmanifest'],
])

/** True when a build of any age is there. */
export function hasBuild(): boolean {
  return existsSync(join(buildFolder, 'BUILD_ID'))
}

/** Builds for production unless the sources are those of the last build. Tells whether it built. */
export async function buildIfChanged(): Promise<{ built: boolean }> {
  const hash = await hashSources()
  if (hasBuild() && (await readHash()) === hash) return { built: false }
  await build()
  await writeFile(hashFile, hash)
  return { built: true }
}

async function build(): Promise<void> {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const child = startProcess({
    name: 'next build',
    command: process.execPath,
    args: [next, 'build'],
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  const code = await child.exited
  if (code !== 0) throw new Error(`The build failed (exit code ${code}):\n${child.lastWords()}`)
}

async function readHash(): Promise<string | undefined> {
  return existsSync(hashFile) ? await readFile(hashFile, 'utf8') : undefined
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  for (const file of await listSources('.')) {
    hash.update(`\0${file}\0`).update(await readFile(file))
  }
  return hash.digest('hex')
}

async function listSources(folder: string): Promise<string[]> {
  const files: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!besideTheBuild.has(entry.name)) files.push(...(await listSources(path)))
    } else if (isSource(entry.name)) files.push(path)
  }
  return files.sort()
}

function isSource(name: string): boolean {
  if (/\.(test|spec)\.tsx?$/.test(name)) return false
  // Next rewrites this one itself during the build.
  return name !== 'next-env.d.ts' && sourceEndings.has(extname(name))
}
