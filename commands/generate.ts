import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

/**
 * Makes the Prisma client. `prisma generate` insists on a schema engine it would download and then
 * never uses; pointing it at any existing file keeps the install free of downloads.
 */
const prismaCommand = createRequire(import.meta.url).resolve('prisma/build/index.js')
const { status } = spawnSync(process.execPath, [prismaCommand, 'generate', '--no-hints'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
})
process.exit(status ?? 1)
