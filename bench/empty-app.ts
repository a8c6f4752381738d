import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { freePort } from '@/commands/local/ports'
import { startProcess, untilAnswers } from '@/commands/local/processes'

const files = {
  'app/layout.js': `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>
}
`,
  'app/page.js': `export default function Page() {
  return <main>Empty</main>
}
`,
  // The compiler looks for this one in the folders above as well, where ours is.
  'instrumentation.js': `export function register() {}
`,
  'package.json': `{ "private": true, "type": "module" }
`,
  // Its packages are ours, so the compiler has to be allowed to look there.
  'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(resolve('.'))} } }
`,
}

/** Builds and serves the smallest page of the same Next, and takes it away again. */
export async function withEmptyApp<T>(use: (pageUrl: string) => Promise<T>): Promise<T> {
  // Below our own folder, so that it finds the same `node_modules`.
  await mkdir('.next', { recursive: true })
  const folder = await mkdtemp(resolve('.next', 'empty-app-'))
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const run = (name: string, args: string[]) =>
    startProcess({
      name,
      command: process.execPath,
      args: [next, ...args],
      cwd: folder,
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    })
  try {
    await mkdir(join(folder, 'app'))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const build = run('the empty build', ['build'])
    if ((await build.exited) !== 0) throw new Error(`The empty build failed:\n${build.lastWords()}`)
    const port = await freePort()
    const server = run('the empty app', ['start', '-p', String(port), '-H', '127.0.0.1'])
    try {
      await untilAnswers(`http://127.0.0.1:${port}/`, server, 60)
      return await use(`http://127.0.0.1:${port}/`)
    } finally {
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
