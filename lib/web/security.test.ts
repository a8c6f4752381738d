import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, makeNonce, pageHeaders, pictureHeaders } from './security'

const page = {
  pathname: '/',
  nonce: 'abc',
  frameOrigins: ['https://web.telegram.org', 'http://127.0.0.1:4000'],
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

  it('frames nowhere when no origin is listed', () => {
    const policy = contentSecurityPolicy({ ...page, pathname: '/app', frameOrigins: [] })
    expect(policy).toContain("frame-ancestors 'none'")
  })

  it('never allows inline or evaluated code in production', () => {
    expect(contentSecurityPolicy(page)).not.toMatch(/unsafe/)
  })

  it('lets the page itself have styles inline, by the nonce that scripts have', () => {
    expect(contentSecurityPolicy(page)).toContain("style-src 'self' 'nonce-abc'")
  })

  it('makes a fresh nonce of 128 bits for every page', () => {
    expect(makeNonce()).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(makeNonce()).not.toBe(makeNonce())
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
