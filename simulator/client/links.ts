import { api } from './api'
import { refreshChats } from './data'
import { openMiniApp } from './mini-app'
import { openPayment } from './pay/payments'
import { attempt, getState, setState, showNotice } from './store'

const WEB_PROTOCOLS = new Set(['http:', 'https:'])

/** `tg://` forms of the links we know, as the `https://t.me` address that means the same. */
function fromTgScheme(url: URL): string | null {
  const get = (name: string) => url.searchParams.get(name)
  const action = url.host || url.pathname.replace(/^\/+/, '')
  if (action === 'invoice' && get('slug')) return `https://t.me/$${get('slug')}`
  const domain = get('domain')
  if (action !== 'resolve' || !domain) return null
  const rest = ['start', 'startapp']
    .filter((name) => url.searchParams.has(name))
    .map((name) => `${name}=${encodeURIComponent(get(name) ?? '')}`)
  return `https://t.me/${domain}${rest.length > 0 ? `?${rest.join('&')}` : ''}`
}

function parse(link: string): URL | null {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `https://${link}`)
  } catch {
    return null
  }
}

/** The `https://t.me/…` form when the link is one of Telegram's own, else null. */
export function telegramLink(link: string): string | null {
  const url = parse(link)
  if (!url) return null
  if (url.protocol === 'tg:') return fromTgScheme(url)
  const ours = url.host === 't.me' && WEB_PROTOCOLS.has(url.protocol)
  return ours ? `https://t.me/${url.pathname.replace(/^\/+/, '')}${url.search}` : null
}

/** The address for a new tab, or null for anything but http and https. */
export function webLink(link: string): string | null {
  const url = parse(link)
  return url && WEB_PROTOCOLS.has(url.protocol) ? url.href : null
}

/** Opens what a t.me link means for the current person: chat, START, Mini App or payment. */
export function openTelegramLink(link: string): Promise<void> {
  return attempt(async () => {
    const target = await api.link(link)
    if (target.kind === 'unknown') {
      showNotice('This link leads nowhere in the simulator.')
      return
    }
    if (target.kind === 'invoice') {
      await openPayment(target.slug, null)
      return
    }
    if (!getState().chatsLoaded) await refreshChats()
    setState({ botId: target.bot_id, screen: 'chat' })
    if (target.startapp !== undefined) {
      await openMiniApp({ source: 'link', botId: target.bot_id, startParam: target.startapp })
    } else if (target.start !== undefined) {
      setState({ startParam: { botId: target.bot_id, value: target.start } })
    }
  })
}

/**
 * What an app opens in "the browser". A t.me link leads there to Telegram's web page, and from that
 * back into a Telegram: here a second tab of this one.
 */
export function openInOtherTab(link: string): void {
  const inside = telegramLink(link)
  const address = inside ? inside.replace('https://t.me/', '/t.me/') : webLink(link)
  if (address) window.open(address, '_blank', 'noopener,noreferrer')
}

/** A press on any link: Telegram's stay in the page, the web's open a new tab. */
export function openLink(link: string): void {
  const inside = telegramLink(link)
  if (inside) {
    void openTelegramLink(inside)
    return
  }
  const outside = webLink(link)
  if (outside) window.open(outside, '_blank', 'noopener,noreferrer')
}
