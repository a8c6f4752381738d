import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { stylesFile } from './page-styles'

const sheetSchema = z.looseObject({ path: z.string() })
const manifestSchema = z.looseObject({ entryCSSFiles: z.record(z.string(), z.array(sheetSchema)) })
const pathsSchema = z.record(z.string(), z.string())

/** The page of last resort, which stands in for the layout that would bring the styles. */
const standsAlone = '/global-error'

/**
 * Run by `next build` when everything is compiled. A style sheet in a file costs a visitor one
 * round trip before anything is seen, so it leaves the text of every page's sheets for the layout
 * to write into the page (page-styles.tsx), and tells Next that they are there: Next then names
 * them in an empty `<style>` instead of linking them, and links them only for pages that somebody
 * comes to without loading anew. Next's own `inlineCss` writes them without the nonce that the
 * content security policy asks for (vercel/next.js: it hands React a nonce for scripts only).
 *
 * Fails when Next's manifests no longer look as in 16.4.
 */
export async function inlineStyles({ distDir }: { distDir: string }): Promise<void> {
  const server = join(distDir, 'server')
  const paths = pathsSchema.parse(await readJson(join(server, 'app-paths-manifest.json')))
  const texts: Record<string, string> = {}
  for (const page of Object.keys(paths)) {
    if (!page.endsWith('/page') || page.startsWith('/_global-error/')) continue
    const file = join(server, 'app', `${page}_client-reference-manifest.js`)
    texts[page] = await inlinePage(file, distDir)
  }
  await writeFile(join(distDir, stylesFile), JSON.stringify(texts))
}

/** Rewrites the manifest of one page; gives the text of its sheets, each once, in their order. */
async function inlinePage(file: string, distDir: string): Promise<string> {
  const [, before, json] =
    /^([\s\S]*\] = )(\{[\s\S]*\});?\s*$/.exec(await readFile(file, 'utf8')) ?? []
  if (before === undefined || json === undefined)
    throw new Error(`${file} is no manifest of Next 16.4.`)
  const manifest = manifestSchema.parse(JSON.parse(json))
  const texts = new Map<string, string>()
  const entryCSSFiles: Record<string, unknown> = {}
  for (const [entry, sheets] of Object.entries(manifest.entryCSSFiles)) {
    const inlined = []
    for (const sheet of sheets) {
      const text = await readSheet(join(distDir, sheet.path))
      const isAlone = entry.endsWith(standsAlone)
      if (!isAlone) texts.set(sheet.path, text)
      inlined.push({ ...sheet, inlined: true, content: isAlone ? text : '' })
    }
    entryCSSFiles[entry] = inlined
  }
  await writeFile(file, before + JSON.stringify({ ...manifest, entryCSSFiles }))
  return [...texts.values()].join('')
}

async function readSheet(path: string): Promise<string> {
  const css = await readFile(path, 'utf8')
  return css.replace(/\/\*# sourceMappingURL=.*?\*\//, '').trim()
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
