import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The browser client, bundled into memory at start and served from our own origin. */

type File = { type: string; body: Buffer }
export type Site = Map<string, File>

const CLIENT = fileURLToPath(new URL('../client/', import.meta.url))
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const POLICY = [
  "default-src 'self'",
  'frame-src http: https:',
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
].join('; ')

function page(text: string): File {
  return { type: 'text/plain; charset=utf-8', body: Buffer.from(`${text}\n`) }
}

export async function bundleClient(): Promise<Site> {
  const entry = `${CLIENT}main.tsx`
  if (!existsSync(entry)) {
    return new Map([['/', page('The browser client (simulator/client) is not installed here.')]])
  }
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    outdir: '/',
    entryNames: 'main',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl' },
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx' } },
    alias: { '@': ROOT.replace(/\/$/, '') },
    logLevel: 'silent',
  })
  const site: Site = new Map()
  for (const { path, contents } of result.outputFiles) {
    const type = path.endsWith('.css') ? 'text/css' : 'text/javascript'
    const body = Buffer.from(contents)
    site.set(path, { type: `${type}; charset=utf-8`, body })
  }
  if (!site.has('/main.css')) site.set('/main.css', { type: 'text/css', body: Buffer.alloc(0) })
  const index = await readFile(`${CLIENT}index.html`)
  site.set('/', { type: 'text/html; charset=utf-8', body: index })
  return site
}

export function serveSite(site: Site, path: string, response: ServerResponse): boolean {
  const file = site.get(path === '/index.html' ? '/' : path)
  if (file === undefined) return false
  response.writeHead(200, {
    'Content-Type': file.type,
    'Content-Length': file.body.length,
    'Content-Security-Policy': POLICY,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  })
  response.end(file.body)
  return true
}
