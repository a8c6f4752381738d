/** In the folder of the build: the text of each page's styles, by the page's name in Next. */
export const stylesFile = 'page-styles.json'

let texts: Record<string, string> | undefined

/**
 * The styles of a page, as `next build` left them (inline-styles.ts). Of a page that the build did
 * not know, those of all pages: too much is better than none. Nothing where no build left any, as
 * in development: Next links them then.
 *
 * For components that render in the browser too, so it imports nothing: only a server calls it.
 */
export function pageStyles(page: string): string {
  texts ??= readTexts()
  return texts[page] ?? Object.values(texts).join('')
}

function readTexts(): Record<string, string> {
  const { existsSync, readFileSync } = process.getBuiltinModule('node:fs')
  const path = `.next/${stylesFile}`
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}
