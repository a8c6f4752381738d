import type { WebAppRequest } from '@/simulator/wire'
import { api } from './api'
import { PERSONALITIES } from './personality'
import { attempt, getState, nextKey, setState } from './store'
import { themeParams } from './theme'

type Launch = { source: WebAppRequest['source']; botId: number; url?: string; startParam?: string }

let launching = 0

/** The server builds the address; like the real ones, a client corrects the bridge's version in it. */
function withVersion(url: string, version: string): string {
  return url.replace(/([#&?]tgWebAppVersion=)[^&]*/, `$1${version}`)
}

export function openMiniApp({ source, botId, url, startParam }: Launch): Promise<void> {
  return attempt(async () => {
    const { personId, theme, platform, version: chosen } = getState()
    if (personId === null) return
    launching += 1
    const launch = launching
    const reply = await api.openWebApp({
      person_id: personId,
      bot_id: botId,
      source,
      platform,
      theme_params: themeParams(theme),
      ...(url === undefined ? {} : { url }),
      ...(startParam === undefined ? {} : { start_param: startParam }),
    })
    if (launch !== launching || getState().personId !== personId) return
    const version = chosen || PERSONALITIES[platform].version
    setState({
      miniApp: {
        key: nextKey(),
        personId,
        botId,
        title: reply.title,
        url: withVersion(reply.url, version),
        origin: reply.origin,
        platform,
        version,
        minimized: false,
      },
    })
  })
}

export function closeMiniApp(key: number): void {
  if (getState().miniApp?.key === key) setState({ miniApp: null })
}

/** Out of sight and alive, or back again. The Mini App hears of it. */
export function minimizeMiniApp(key: number, minimized: boolean): void {
  const { miniApp } = getState()
  if (miniApp?.key !== key || miniApp.minimized === minimized) return
  setState({ miniApp: { ...miniApp, minimized } })
  tellMiniApp(key, 'visibility_changed', { is_visible: !minimized })
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
