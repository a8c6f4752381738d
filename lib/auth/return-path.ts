/** Where people go after a login that did not say. */
export const homePath = '/account'

const lengthMax = 1000

/**
 * The path on our own site that a `callbackUrl` names, or our default: a login must not send people
 * to other sites, nor to an address that does something by being opened.
 */
export function returnPath(target: unknown, appUrl: string): string {
  if (typeof target !== 'string' || target.length > lengthMax) return homePath
  // Browsers drop or bend these, so they could turn a path into another site's address.
  if (/[\s\\\p{Cc}]/u.test(target) || !URL.canParse(target, appUrl)) return homePath
  const url = new URL(target, appUrl)
  const path = `${url.pathname}${url.search}${url.hash}`
  const isOurs = url.origin === appUrl && url.username === '' && /^\/(?!\/)/.test(path)
  if (!isOurs || /^\/(api|login|app)(\/|$)/.test(url.pathname) || path === '/') return homePath
  return path
}
