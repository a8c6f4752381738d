import { describe, expect, it } from 'vitest'
import { logoBytesMax, pictureIn } from './picture'
import { settings } from './schema'

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const webp = [...Buffer.from('RIFF....WEBP')]
const url = (type: string, bytes: number[]) =>
  `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`
const sized = (size: number) => url('png', [...png, ...new Array(size - png.length).fill(0)])

describe('settings', () => {
  it('hold sober defaults while the owner decided nothing', () => {
    for (const schema of Object.values(settings)) {
      expect(schema.safeParse(undefined).success).toBe(true)
    }
  })

  it.each(['#12345', 'red', '#1234567', '#12345g', 'var(--x)', '#123456;}'])(
    'refuse %j as a colour',
    (text) => expect(settings.accent.safeParse(text).success).toBe(false),
  )

  it('take a colour in capitals', () => expect(settings.accent.parse(' #A1B2C3')).toBe('#a1b2c3'))
})

describe('the logo', () => {
  it.each([
    ['png', png],
    ['webp', webp],
    ['jpeg', [0xff, 0xd8, 0xff, 0xe0]],
  ])('may be a %s', (type, bytes) => {
    expect(settings.logo.safeParse(url(type, bytes)).success).toBe(true)
    expect(pictureIn(url(type, bytes))).toEqual({
      type: `image/${type}`,
      bytes: Uint8Array.from(bytes),
    })
  })

  it.each([
    ['an SVG', url('svg+xml', [...Buffer.from('<svg/>')])],
    ['a page that calls itself PNG', url('png', [...Buffer.from('<script>alert(1)</script>')])],
    ['a PNG that calls itself JPEG', url('jpeg', png)],
    ['another address', 'https://shop.example/logo.png'],
    ['broken base64', 'data:image/png;base64,iVBORw0KGgoAA'],
    ['more than one header', `${url('png', png)}\r\nX: y`],
  ])('is never %s', (_name, text) => {
    expect(settings.logo.safeParse(text).success).toBe(false)
  })

  it('has at most 64 KiB', () => {
    expect(settings.logo.safeParse(sized(logoBytesMax)).success).toBe(true)
    expect(settings.logo.safeParse(sized(logoBytesMax + 1)).success).toBe(false)
  })
})
