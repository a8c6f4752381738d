import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'

const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      optional: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

it('the lockfile holds the native packages of every platform, so `npm ci` works on all of them', async () => {
  const { packages } = lock.parse(JSON.parse(await readFile('package-lock.json', 'utf8')))
  const names = new Set(Object.keys(packages).map((key) => key.split('node_modules/').at(-1)))
  const missing = Object.values(packages)
    .flatMap((one) => Object.keys(one.optionalDependencies ?? {}))
    .filter((name) => !names.has(name))
  expect(missing).toEqual([])
})
