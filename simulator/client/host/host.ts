import type { Personality } from '@/simulator/client/personality'
import type { MiniAppSession } from '@/simulator/client/store'
import type { Data, HostState } from './host-state'

/** What the methods of a Mini App may do to its host. */
export type Host = {
  session: MiniAppSession
  client: Personality
  /** Events go to the Mini App's own origin; nobody hears them before it has spoken. */
  send: (event: string, data?: unknown) => void
  state: () => HostState
  update: (patch: Partial<HostState>) => void
  sendTheme: () => void
  /** Unstable while an edge still moves. */
  sendViewport: (isStable?: boolean) => void
  sendSafeAreas: () => void
  /** After the buttons moved the page's edge: Web A tells a moment later. */
  surroundingsChanged: () => void
  pulse: (strong: boolean) => void
}

export type Method = {
  /** The bridge version that brought it. */
  since: string
  run: (host: Host, data: Data) => void
}

export type Methods = Record<string, Method>

export function method(since: string, run: Method['run']): Method {
  return { since, run }
}
