import { lookup } from 'node:dns/promises'
import { isIPv4 } from 'node:net'
import { badRequest } from '@/simulator/server/errors'

const RESERVED =
  /^(0|10|127)\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^2[2-5]\d\./

export function parseUrl(rawUrl: string): URL {
  const withScheme = /^[a-z]+:\/\//i.test(rawUrl) ? rawUrl : `http://${rawUrl}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || /\s/.test(rawUrl)) {
    throw badRequest('invalid webhook URL specified')
  }
  return url
}

async function resolve(host: string): Promise<string> {
  if (isIPv4(host)) return host
  try {
    return (await lookup(host, { family: 4 })).address
  } catch {
    throw badRequest('bad webhook: Failed to resolve host: Name or service not known')
  }
}

/** What Telegram itself demands, and its own server in local mode does not. */
export async function checkAddress(url: URL, fixedIp: string): Promise<void> {
  const bad = (text: string) => badRequest(`bad webhook: ${text}`)
  if (url.protocol !== 'https:') throw bad('An HTTPS URL must be provided for webhook')
  if (!['', '80', '88', '443', '8443'].includes(url.port)) {
    throw bad('Webhook can be set up only on ports 80, 88, 443 or 8443')
  }
  if (url.hostname.startsWith('[')) throw bad('IPv6-only addresses are not allowed')
  const address = fixedIp === '' ? await resolve(url.hostname) : fixedIp
  if (RESERVED.test(address)) throw bad(`IP address ${address} is reserved`)
}
