/** A picture that may be shown from our own origin. */
export type Picture = {
  type: 'image/png' | 'image/webp' | 'image/jpeg'
  bytes: Uint8Array<ArrayBuffer>
}

export const logoBytesMax = 65_536

export const dataUrl = {
  charactersMax: 'data:image/jpeg;base64,'.length + Math.ceil(logoBytesMax / 3) * 4,
}

const shape = /^data:(image\/(?:png|webp|jpeg));base64,([A-Za-z0-9+/]+={0,2})$/

/**
 * The picture of a data URL. Null unless its first bytes are those of the type it names: browsers
 * would show nothing else anyway, and nothing else belongs on our origin.
 */
export function pictureIn(url: string): Picture | null {
  const [, name, base64] = shape.exec(url) ?? []
  const type = types.find((each) => each === name)
  if (!type || !base64) return null
  const bytes = decode(base64)
  if (!bytes || bytes.length > logoBytesMax || typeOf(bytes) !== type) return null
  return { type, bytes }
}

const types = ['image/png', 'image/webp', 'image/jpeg'] as const

function typeOf(bytes: Uint8Array): Picture['type'] | null {
  const has = (at: number, ...expected: number[]) =>
    expected.every((byte, index) => bytes[at + index] === byte)
  if (has(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (has(0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  const isWebp = has(0, 0x52, 0x49, 0x46, 0x46) && has(8, 0x57, 0x45, 0x42, 0x50)
  return isWebp ? 'image/webp' : null
}

function decode(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
