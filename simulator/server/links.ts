import { slugOf } from './payments/invoices'
import type { World } from './world'

export type Link =
  | { kind: 'invoice'; slug: string }
  | { kind: 'bot'; bot_id: number; start?: string; startapp?: string }
  | { kind: 'unknown' }

/** The bot's name and the parameters in `t.me/<bot>?…` or `tg://resolve?domain=<bot>&…`. */
function botPart(url: URL): { username: string; params: URLSearchParams; isApp: boolean } {
  if (url.protocol === 'tg:') {
    const isResolve = (url.host || url.pathname.replaceAll('/', '')) === 'resolve'
    const username = isResolve ? (url.searchParams.get('domain') ?? '') : ''
    return { username, params: url.searchParams, isApp: url.searchParams.has('appname') }
  }
  const [username = '', app] = url.pathname.split('/').filter(Boolean)
  return { username, params: url.searchParams, isApp: app !== undefined }
}

export function resolveLink(world: World, raw: string): Link {
  const slug = slugOf(raw)
  if (slug !== undefined) return { kind: 'invoice', slug }
  const text = /^t\.me\//.test(raw) ? `https://${raw}` : raw
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== 'tg:' && url.host !== 't.me'))
    return { kind: 'unknown' }
  const { username, params, isApp } = botPart(url)
  const bot = [...world.bots.values()].find((candidate) => {
    return candidate.username.toLowerCase() === username.toLowerCase()
  })
  if (bot === undefined) return { kind: 'unknown' }
  const start = params.get('start')
  const startapp = params.get('startapp') ?? (isApp ? '' : null)
  return {
    kind: 'bot',
    bot_id: bot.id,
    ...(start === null ? {} : { start }),
    ...(startapp === null ? {} : { startapp }),
  }
}
