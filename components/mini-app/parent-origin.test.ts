import { describe, expect, it } from 'vitest'
import { chooseParentOrigin } from './parent-origin'

const allowed = ['https://web.telegram.org', 'http://127.0.0.1:4000']
const nothing = { ancestor: undefined, referrer: '', remembered: null }

describe('chooseParentOrigin', () => {
  it('believes the browser first', () => {
    const hints = {
      ancestor: 'http://127.0.0.1:4000',
      referrer: 'https://web.telegram.org/a/',
      remembered: null,
    }
    expect(chooseParentOrigin(hints, allowed)).toBe('http://127.0.0.1:4000')
  })

  it('falls back to the referrer, then to what was remembered', () => {
    expect(
      chooseParentOrigin({ ...nothing, referrer: 'https://web.telegram.org/a/' }, allowed),
    ).toBe('https://web.telegram.org')
    expect(chooseParentOrigin({ ...nothing, remembered: 'http://127.0.0.1:4000' }, allowed)).toBe(
      'http://127.0.0.1:4000',
    )
  })

  it('never talks to an origin that is not listed', () => {
    const stranger = {
      ...nothing,
      ancestor: 'https://evil.example',
      remembered: 'http://127.0.0.1:4000',
    }
    expect(chooseParentOrigin(stranger, allowed)).toBeNull()
    expect(chooseParentOrigin(nothing, allowed)).toBeNull()
  })
})
