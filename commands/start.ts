import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { EnvError, env } from '@/lib/platform/env'
import { hasBuild } from './local/build'

/** `npm start`: checks what can be checked before the first request, then serves the build. */
function check(): number {
  try {
    const { PORT } = env()
    if (hasBuild()) return PORT
    fail('There is no production build yet. Run `npm run build` first.')
  } catch (error) {
    if (error instanceof EnvError) fail(error.message)
    throw error
  }
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

const port = check()
const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const child = spawn(
  process.execPath,
  [next, 'start', '-p', String(port), ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } },
)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal))
}
child.on('error', (error) => fail(error.message))
child.on('exit', (code, signal) => {
  process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1))
})
