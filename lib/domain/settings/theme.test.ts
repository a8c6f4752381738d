import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrast, linkColour, textOn, themeCss } from './theme'

const colours = fc
  .integer({ min: 0, max: 0xff_ff_ff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('themeCss', () => {
  it('leaves our own colours alone while the owner chose none', () => {
    expect(themeCss({ accent: '', accentDark: '' })).toBe('')
  })

  it('uses one chosen colour for both schemes', () => {
    const css = themeCss({ accent: '#00aa88', accentDark: '' })
    expect(css.match(/--accent:#00aa88/g)).toHaveLength(2)
  })

  it('contains nothing but colours, whatever stands in the settings', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (accent, accentDark) => {
        const css = themeCss({ accent, accentDark })
        expect(css.replaceAll(/#[0-9a-f]{6}/g, '')).toMatch(/^[a-z():;{}@\s\-[\]]*$/)
      }),
    )
  })

  it('writes text on the accent that can be read', () => {
    fc.assert(fc.property(colours, (hex) => contrast(hex, textOn(hex)) >= 4.5))
  })

  it.each(['light', 'dark'] as const)('makes links that can be read on %s pages', (scheme) => {
    const [page, surface] = scheme === 'light' ? ['#f2f3f7', '#ffffff'] : ['#13141a', '#1e2029']
    fc.assert(
      fc.property(colours, (hex) => {
        const link = linkColour(hex, scheme)
        return contrast(link, page) >= 4.5 && contrast(link, surface) >= 4.5
      }),
    )
  })

  it('keeps an accent that already reads as a link', () => {
    expect(linkColour('#2a5bd0', 'light')).toBe('#2a5bd0')
  })

  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })
})
