import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { stylesFile } from './page-styles'

const pathsSchema = z.record(z.string(), z.string())
const sheetsSchema = z.record(z.string(), z.array(z.object({ path: z.string() })))
const manifestSchema = z.looseObject({ entryCSSFiles: sheetsSchema })

/** Of every layout, page and error page: the paths of its sheets, and of the layouts around it. */
type Sheets = z.infer<typeof sheetsSchema>

/**
 * Run by `next build` when everything is compiled. A style sheet in a file costs a visitor one
 * round trip before anything is seen, so this leaves the text of every page's sheets for the root
 * layout to write into the page, and tells Next that they are there: Next then names them in an
 * empty `<style>`, and links them only where somebody comes to a page without loading it anew. For
 * those it puts the many small sheets of a layout or page together into one file.
 *
 * Next's own `inlineCss` writes styles without the nonce that our content security policy asks
 * for: it hands React the nonce as a string, which React takes for scripts only.
 *
 * Fails when Next's manifests no longer look as in 16.4.
 */
export async function inlineStyles({ distDir }: { distDir: string }): Promise<void> {
  const server = join(distDir, 'server')
  const paths = pathsSchema.parse(await readJson(join(server, 'app-paths-manifest.json')))
  const texts: Record<string, string> = {}
  for (const page of Object.keys(paths)) {
    if (!page.endsWith('/page') || page.startsWith('/_global-error/')) continue
    texts[page] = await inlinePage(
      join(server, 'app', `${page}_client-reference-manifest.js`),
      distDir,
    )
  }
  await writeFile(join(distDir, stylesFile), JSON.stringify(texts))
}

/** Rewrites the manifest of one page; gives the text of all its sheets, each once. */
async function inlinePage(file: string, distDir: string): Promise<string> {
  const source = await readFile(file, 'utf8')
  const [, before, json] = /^([\s\S]*\] = )(\{[\s\S]*\});?\s*$/.exec(source) ?? []
  if (before === undefined || json === undefined) throw new Error(`${file} is no manifest we know.`)
  const manifest = manifestSchema.parse(JSON.parse(json))
  const texts = new Map<string, string>()
  const entryCSSFiles: Record<string, unknown> = {}
  for (const entry of Object.keys(manifest.entryCSSFiles).toSorted(errorsLast)) {
    const own = await readOwn(manifest.entryCSSFiles, entry, distDir)
    const text = [...own.values()].join('')
    for (const [path, css] of own) texts.set(path, css)
    entryCSSFiles[entry] = own.size
      ? [{ path: await writeSheet(distDir, text), inlined: true, content: '' }]
      : []
  }
  await writeFile(file, before + JSON.stringify({ ...manifest, entryCSSFiles }))
  return [...texts.values()].join('')
}

/** The order in which Next itself puts sheets: those of layouts and page, then what is rarely seen. */
function errorsLast(one: string, other: string): number {
  const isError = (entry: string) => Number(/\/(error|not-found)$/.test(entry))
  return isError(one) - isError(other)
}

/** The sheets that an entry has beyond those of the layouts around it, by their paths. */
async function readOwn(sheets: Sheets, entry: string, distDir: string) {
  const around = Object.keys(sheets).filter((other) => isAround(other, entry))
  const known = new Set(around.flatMap((layout) => sheets[layout] ?? []).map(({ path }) => path))
  const own = (sheets[entry] ?? []).map(({ path }) => path).filter((path) => !known.has(path))
  return new Map(
    await Promise.all(
      own.map(async (path) => [path, await readSheet(join(distDir, path))] as const),
    ),
  )
}

function isAround(layout: string, entry: string): boolean {
  const isOther = layout !== entry && layout.endsWith('/layout')
  return isOther && `${dirname(entry)}/`.startsWith(`${dirname(layout)}/`)
}

async function readSheet(path: string): Promise<string> {
  const css = await readFile(path, 'utf8')
  return css.replace(/\/\*# sourceMappingURL=.*?\*\//, '').trim()
}

/** Beside Next's own, under a name that changes with the content, because browsers keep it for ever. */
async function writeSheet(distDir: string, text: string): Promise<string> {
  const name = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const path = `static/chunks/${name}.css`
  await writeFile(join(distDir, path), text)
  return path
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
