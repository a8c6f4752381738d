import { gzipSync } from 'node:zlib'

/** Gzip bytes of the scripts that a page's HTML loads, without those for browsers of the past. */
export async function scriptBytes(pageUrl: string): Promise<number> {
  const html = await (await requireOk(pageUrl)).text()
  const addresses = new Set<string>()
  for (const [, attributes = ''] of html.matchAll(/<script\b([^>]*)>/gi)) {
    const source = /\bsrc="([^"]+)"/.exec(attributes)?.[1]
    if (source && !/\bnomodule\b/i.test(attributes)) {
      addresses.add(new URL(source.replaceAll('&amp;', '&'), pageUrl).href)
    }
  }
  if (addresses.size === 0) throw new Error(`${pageUrl} loads no scripts; is it the right page?`)
  const sizes = await Promise.all(
    [...addresses].map(async (address) => {
      const code = Buffer.from(await (await requireOk(address)).arrayBuffer())
      return gzipSync(code, { level: 9 }).length
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function requireOk(address: string): Promise<Response> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  return response
}
