import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import nextConfig from '@/next.config'

/** Made and judged in the same call, so that both meet the same copy of the class. */
const mayBeBundled = new Set(['zod'])

/** Packages whose classes this source asks for with `instanceof`. */
function packagesOf(source: string): string[] {
  return [...source.matchAll(/\binstanceof ([A-Za-z]+)/g)].flatMap(([, name]) => {
    const imported = new RegExp(`^import (?:.*\\W)?${name}\\b.* from '([^'.@][^']*)'`, 'm')
    return imported.exec(source)?.[1] ?? []
  })
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.ts$/.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
}

it('finds the packages whose errors are told apart by their class', () => {
  const source = `import { Api, GrammyError } from 'grammy'\nif (error instanceof GrammyError) {}`
  expect(packagesOf(source)).toEqual(['grammy'])
  expect(
    packagesOf("import { Refusal } from '@/lib/kit/errors'\nif (e instanceof Refusal) {}"),
  ).toEqual([])
})

it('keeps them out of the bundles, where every kind of route would have a copy of its own', () => {
  const asked = [...new Set(['lib', 'app'].flatMap(sourcesIn).flatMap(packagesOf))]
  const apart = new Set([...mayBeBundled, ...(nextConfig.serverExternalPackages ?? [])])
  expect(asked).toContain('grammy')
  expect(asked.filter((name) => !apart.has(name))).toEqual([])
})
