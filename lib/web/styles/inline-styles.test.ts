import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inlineStyles } from './inline-styles'

const page = '/(web)/plans/page'
const before = 'globalThis.__RSC_MANIFEST = {};\nglobalThis.__RSC_MANIFEST["/(web)/plans/page"] = '
let distDir: string

beforeEach(async () => {
  distDir = await mkdtemp(join(tmpdir(), 'starpass-dist-'))
})
afterEach(() => rm(distDir, { recursive: true }))

describe('inlineStyles', () => {
  it('gives each page the text of its sheets once, in the order of layouts, page and error pages', async () => {
    await buildOf({
      '[project]/app/layout': ['base'],
      '[project]/app/(web)/error': ['base', 'frame', 'button', 'message'],
      '[project]/app/(web)/layout': ['base', 'frame'],
      '[project]/app/(web)/plans/page': ['base', 'frame', 'button', 'plans'],
    })
    await inlineStyles({ distDir })
    expect(await textsOf()).toEqual({ [page]: '.base{}.frame{}.button{}.plans{}.message{}' })
  })

  it('tells Next of one sheet per layout and page that is there already, and leaves it as a file', async () => {
    await buildOf({
      '[project]/app/layout': ['base'],
      '[project]/app/(web)/layout': ['base', 'frame'],
      '[project]/app/(web)/not-found': ['base', 'frame'],
      '[project]/app/(web)/plans/page': ['base', 'frame', 'button', 'plans'],
    })
    await inlineStyles({ distDir })
    const { entryCSSFiles, clientModules } = await manifest()
    expect(clientModules).toEqual({ kept: true })
    const files = await Promise.all(
      Object.entries(entryCSSFiles).map(async ([entry, sheets]) => [
        entry,
        await Promise.all(sheets.map(({ path }) => readFile(join(distDir, path), 'utf8'))),
      ]),
    )
    expect(Object.fromEntries(files)).toEqual({
      '[project]/app/layout': ['.base{}'],
      '[project]/app/(web)/layout': ['.frame{}'],
      '[project]/app/(web)/not-found': [],
      '[project]/app/(web)/plans/page': ['.button{}.plans{}'],
    })
    const sheets = Object.values(entryCSSFiles).flat()
    expect(sheets.map(({ inlined, content }) => [inlined, content])).toEqual(
      sheets.map(() => [true, '']),
    )
  })

  it('fails when the manifest is not what it knows', async () => {
    await buildOf({})
    await write(`server/app${page}_client-reference-manifest.js`, 'export default {}')
    await expect(inlineStyles({ distDir })).rejects.toThrow('no manifest we know')
  })
})

/** What `next build` leaves: sheets with a source map's address, and the manifest of one page. */
async function buildOf(entries: Record<string, string[]>): Promise<void> {
  const pathOf = (name: string) => `static/chunks/${name}.css`
  for (const name of new Set(Object.values(entries).flat())) {
    await write(pathOf(name), `.${name}{}\n/*# sourceMappingURL=${name}.css.map*/`)
  }
  const entryCSSFiles = Object.fromEntries(
    Object.entries(entries).map(([entry, names]) => [
      entry,
      names.map((name) => ({ path: pathOf(name), inlined: false })),
    ]),
  )
  await write(
    'server/app-paths-manifest.json',
    JSON.stringify({ [page]: `app${page}.js`, '/api/health/route': 'app/api/health/route.js' }),
  )
  await write(
    `server/app${page}_client-reference-manifest.js`,
    `${before}${JSON.stringify({ clientModules: { kept: true }, entryCSSFiles })};\n`,
  )
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(distDir, path)), { recursive: true })
  await writeFile(join(distDir, path), text)
}

type Sheet = { path: string; inlined: boolean; content: string }

async function manifest(): Promise<{
  entryCSSFiles: Record<string, Sheet[]>
  clientModules: unknown
}> {
  const text = await readFile(
    join(distDir, `server/app${page}_client-reference-manifest.js`),
    'utf8',
  )
  expect(text.startsWith(before)).toBe(true)
  return JSON.parse(text.slice(before.length))
}

async function textsOf(): Promise<unknown> {
  return JSON.parse(await readFile(join(distDir, 'page-styles.json'), 'utf8'))
}
