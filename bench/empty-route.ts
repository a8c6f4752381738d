import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { freePort } from '@/commands/local/ports'
import { startProcess, untilAnswers } from '@/commands/local/processes'

/** What a build is made of. */
const sources = [
  ...['app', 'components', 'lib', 'prisma', 'public'],
  ...['instrumentation.ts', 'next.config.ts', 'package.json', 'proxy.ts', 'tsconfig.json'],
]

/** Tests reach for what is not copied. */
const isTest = /\.test\.tsx?$|lib\/testing$/

const emptyRoute = `export const dynamic = 'force-dynamic'

export const POST = () => new Response(null)
`

/** Our own settings, and leave to find the packages in the folder above. */
const config = `import ours from './next.config.ours'

export default { ...ours, turbopack: { root: ${JSON.stringify(resolve('.'))} } }
`

export const emptyPath = '/api/empty'

/**
 * Builds a copy of the product with one route more, which does nothing, serves it with the given
 * settings and takes it away again. The product itself ships no such route.
 */
export async function withEmptyRoute<T>(
  env: Record<string, string>,
  use: (appUrl: string) => Promise<T>,
): Promise<T> {
  await mkdir('.next', { recursive: true })
  const folder = await mkdtemp(resolve('.next', 'empty-route-'))
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const run = (name: string, args: string[]) =>
    startProcess({
      name,
      command: process.execPath,
      args: [next, ...args],
      cwd: folder,
      env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    })
  try {
    for (const name of sources) {
      await cp(name, join(folder, name), { recursive: true, filter: (path) => !isTest.test(path) })
    }
    await rename(join(folder, 'next.config.ts'), join(folder, 'next.config.ours.ts'))
    await writeFile(join(folder, 'next.config.ts'), config)
    await mkdir(join(folder, 'app', emptyPath), { recursive: true })
    await writeFile(join(folder, 'app', emptyPath, 'route.ts'), emptyRoute)
    const build = run('the build with an empty route', ['build'])
    if ((await build.exited) !== 0) throw new Error(`The build failed:\n${build.lastWords()}`)
    const port = await freePort()
    const server = run('the measured app', ['start', '-p', String(port), '-H', '127.0.0.1'])
    try {
      await untilAnswers(`http://127.0.0.1:${port}/api/ready`, server, 60)
      return await use(`http://127.0.0.1:${port}`)
    } finally {
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
