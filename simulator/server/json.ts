/** Telegram's encoder writes every non-ASCII character as `\uXXXX` and leaves `/` alone. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const SCALAR = /[^\s,\]}"[{]+/y
const SPACE = /\s*/y

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** The end of the array or object that opens at `at`, or -1 if it never closes. */
function endOfNested(text: string, at: number): number {
  let depth = 0
  for (let index = at; index < text.length; index++) {
    const character = text[index]
    if (character === '"') {
      const string = match(STRING, text, index)
      if (string === undefined) return -1
      index += string.length - 1
    } else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') {
      depth -= 1
      if (depth === 0) return index + 1
    }
  }
  return -1
}

function unquote(string: string): string | undefined {
  try {
    const value: unknown = JSON.parse(string)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads the members of a JSON object the way the Bot API server does: strings are unquoted, any
 * other value stays raw text, and a malformed rest is ignored rather than refused.
 */
export function flatMembers(text: string): [string, string][] {
  const members: [string, string][] = []
  let at = 0
  const skip = () => {
    at += match(SPACE, text, at)?.length ?? 0
  }
  skip()
  if (text[at] !== '{') return members
  at += 1
  for (;;) {
    skip()
    const rawKey = match(STRING, text, at)
    const key = rawKey === undefined ? undefined : unquote(rawKey)
    if (rawKey === undefined || key === undefined) return members
    at += rawKey.length
    skip()
    if (text[at] !== ':') return members
    at += 1
    skip()
    let raw: string | undefined
    if (text[at] === '"') raw = match(STRING, text, at)
    else if (text[at] === '{' || text[at] === '[') {
      const end = endOfNested(text, at)
      raw = end < 0 ? undefined : text.slice(at, end)
    } else raw = match(SCALAR, text, at)
    const value = raw?.startsWith('"') ? unquote(raw) : raw
    if (raw === undefined || value === undefined) return members
    members.push([key, value])
    at += raw.length
    skip()
    if (text[at] !== ',') return members
    at += 1
  }
}

export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
