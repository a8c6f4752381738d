import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { homePath, returnPath } from './return-path'

const appUrl = 'https://plans.test'

describe('returnPath', () => {
  it.each([
    ['//evil.example'],
    ['///evil.example'],
    ['/\\evil.example'],
    ['\\\\evil.example'],
    ['/\t/evil.example'],
    ['/\n/evil.example'],
    [' //evil.example'],
    ['https://evil.example'],
    ['http://plans.test/plans'],
    ['https://plans.test:444/plans'],
    ['https://plans.test@evil.example/'],
    ['https://user@plans.test/plans'],
    ['https://plans.test.evil.example'],
    ['https://plans.test//evil.example'],
    ['/.//evil.example'],
    ['/x/..//evil.example'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['blob:https://plans.test/x'],
    ['/api/auth/signout'],
    ['/x/../api/v1/me'],
    ['/login?error=x'],
    ['/app'],
    [''],
    [`/${'a'.repeat(1001)}`],
    [undefined],
    [42],
    [['/plans']],
  ])('sends %j to our default', (target) => {
    expect(returnPath(target, appUrl)).toBe(homePath)
  })

  it.each([
    ['/plans', '/plans'],
    ['/plans?x=1#top', '/plans?x=1#top'],
    ['https://plans.test/plans/gold_1m', '/plans/gold_1m'],
    ['/apples', '/apples'],
    ['https:evil.example', '/evil.example'],
    ['/x?u=https://evil.example', '/x?u=https://evil.example'],
  ])('keeps %s', (target, path) => {
    expect(returnPath(target, appUrl)).toBe(path)
  })

  it('never leaves our origin, however the browser reads the result', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      '@',
      ':',
      'evil.example',
      '?',
      '#',
      '%2f',
      '\t',
      'https:',
      'x',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = returnPath(pieces.join(''), appUrl)
        expect(new URL(path, appUrl).origin).toBe(appUrl)
        expect(path).toMatch(/^\/(?!\/)/)
      }),
      { numRuns: 2000 },
    )
  })
})
