import type { Platform, WebAppRequest } from '@/simulator/wire'
import { api } from './api'
import { attempt, getState, nextKey, setState } from './store'
import { themeParams } from './theme'

const PLATFORMS: Platform[] = ['weba', 'web', 'tdesktop', 'android']

/** Which client the Mini App is told it runs in: `?platform=android` in the page's address. */
function platform(): Platform {
  const wanted = new URLSearchParams(location.search).get('platform')
  return PLATFORMS.find((name) => name === wanted) ?? 'weba'
}

type Launch = { source: WebAppRequest['source']; botId: number; url?: string; startParam?: string }

let launching = 0

export function openMiniApp({ source, botId, url, startParam }: Launch): Promise<void> {
  return attempt(async () => {
    const { personId, theme } = getState()
    if (personId === null) return
    launching += 1
    const launch = launching
    const reply = await api.openWebApp({
      person_id: personId,
      bot_id: botId,
      source,
      platform: platform(),
      theme_params: themeParams(theme),
      ...(url === undefined ? {} : { url }),
      ...(startParam === undefined ? {} : { start_param: startParam }),
    })
    if (launch !== launching || getState().personId !== personId) return
    setState({
      miniApp: {
        key: nextKey(),
        personId,
        botId,
        title: reply.title,
        url: reply.url,
        origin: reply.origin,
      },
    })
  })
}

export function closeMiniApp(key: number): void {
  if (getState().miniApp?.key === key) setState({ miniApp: null })
}

type Send = (event: string, data?: unknown) => void

let current: { key: number; send: Send } | null = null

/** The running Mini App's line, for what reaches it from outside its host (payments). */
export function connectMiniApp(key: number, send: Send): () => void {
  current = { key, send }
  return () => {
    if (current?.key === key) current = null
  }
}

export function tellMiniApp(key: number, event: string, data: unknown): void {
  if (current?.key === key) current.send(event, data)
}
