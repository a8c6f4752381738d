/** What a page in a frame can learn about its parent. */
export type ParentHints = {
  /** `location.ancestorOrigins[0]`; Firefox does not have it. */
  ancestor: string | undefined
  referrer: string
  /** What an earlier page of this session found out. */
  remembered: string | null
}

/**
 * The parent's origin if it is one that may frame us, else null: then the SDK's own default
 * (https://web.telegram.org) stays, and nothing is posted to a stranger.
 */
export function chooseParentOrigin(hints: ParentHints, allowed: readonly string[]): string | null {
  const found = hints.ancestor ?? originOf(hints.referrer) ?? hints.remembered
  return found !== null && allowed.includes(found) ? found : null
}

function originOf(url: string): string | null {
  try {
    return new URL(url).origin
  } catch {
    return null
  }
}
