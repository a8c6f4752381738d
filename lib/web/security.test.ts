import { createHash } from 'node:crypto'
import { getPathMatch } from 'next/dist/shared/lib/router/utils/path-match'
import { describe, expect, it } from 'vitest'
import config from '@/next.config'
import {
  contentSecurityPolicy,
  emptyStyle,
  makeNonce,
  pageHeaders,
  pictureHeaders,
} from './security'

const page = {
  pathname: '/',
  nonce: 'abc',
  frameOrigins: ['https://web.telegram.org', 'http://127.0.0.1:4000'],
  isSecure: true,
  isDevelopment: false,
}

describe('pageHeaders', () => {
  it.each(['/app', '/app/account'])('lets only Telegram frame %s', (pathname) => {
    const headers = pageHeaders({ ...page, pathname })
    expect(headers['Content-Security-Policy']).toContain(
      'frame-ancestors https://web.telegram.org http://127.0.0.1:4000',
    )
    expect(headers).not.toHaveProperty('X-Frame-Options')
  })

  it.each(['/', '/terms', '/apple', '/admin', '/admin/app'])('lets nobody frame %s', (pathname) => {
    const headers = pageHeaders({ ...page, pathname })
    expect(headers['Content-Security-Policy']).toContain("frame-ancestors 'none'")
    expect(headers['X-Frame-Options']).toBe('DENY')
  })

  it.each(['/', '/app', '/admin'])(
    'keeps browsers on HTTPS from %s on, where we have it',
    (path) => {
      const headers = (isSecure: boolean) => pageHeaders({ ...page, pathname: path, isSecure })
      expect(headers(true)['Strict-Transport-Security']).toBe('max-age=31536000')
      expect(headers(false)).not.toHaveProperty('Strict-Transport-Security')
    },
  )

  it('frames nowhere when no origin is listed', () => {
    const policy = contentSecurityPolicy({ ...page, pathname: '/app', frameOrigins: [] })
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('never allows inline or evaluated code in production', () => {
    expect(contentSecurityPolicy(page)).not.toMatch(/unsafe/)
  })

  it('lets the page itself have styles inline, by the nonce that scripts have', () => {
    expect(contentSecurityPolicy(page)).toContain(`style-src 'self' 'nonce-abc' ${emptyStyle};`)
    const hash = createHash('sha256').update('').digest('base64')
    expect(emptyStyle).toBe(`'sha256-${hash}'`)
  })

  it('makes a fresh nonce of 128 bits for every page', () => {
    expect(makeNonce()).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(makeNonce()).not.toBe(makeNonce())
  })
})

describe('headers of every answer', () => {
  it('forbid guessing what an answer is, of pages, files and the API alike', async () => {
    const rules = (await config.headers?.()) ?? []
    const nosniff = { key: 'X-Content-Type-Options', value: 'nosniff' }
    const [rule] = rules.filter(({ headers }) => headers.some(({ key }) => key === nosniff.key))
    expect(rule?.headers).toContainEqual(nosniff)
    const match = getPathMatch(rule?.source ?? '')
    for (const path of ['/', '/plans', '/api/health', '/api/v1/telegram/webhook', '/_next/x.js'])
      expect([path, match(path)]).not.toEqual([path, false])
  })
})

describe('pictureHeaders', () => {
  it('let an uploaded picture be a picture and nothing else', () => {
    expect(pictureHeaders('image/png')).toMatchObject({
      'Content-Type': 'image/png',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': expect.stringContaining("default-src 'none'"),
    })
  })
})
