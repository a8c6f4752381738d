import { single } from '@/lib/platform/global'
import { log } from '@/lib/platform/log'
import { loadSettings } from './queries'
import type { Settings } from './schema'

const freshMs = 2000
const patienceMs = 500

type Kept = { last: Settings | null; loadedAt: number; loading: Promise<Settings> | null }

const kept = () =>
  single<Kept>('recentSettings', () => ({ last: null, loadedAt: -Infinity, loading: null }))

/**
 * The settings as they were at most two seconds ago, for pages that are shown often. While the
 * database does not answer, or not soon, they stay as they were last. Public: needs no actor.
 */
export async function recentSettings(): Promise<Settings> {
  const { last, loadedAt, loading } = kept()
  if (last && performance.now() - loadedAt < freshMs) return last
  const load = loading ?? startLoading()
  return last ? Promise.race([load.catch(() => last), after(patienceMs, last)]) : load
}

/** The next page reads them anew. */
export function forgetRecentSettings(): void {
  kept().loadedAt = -Infinity
}

function startLoading(): Promise<Settings> {
  const state = kept()
  const loading = loadSettings()
    .then((settings) => {
      Object.assign(state, { last: settings, loadedAt: performance.now() })
      return settings
    })
    .finally(() => {
      state.loading = null
    })
  // Told here once, because a page that waits no longer does not hear of it.
  loading.catch((error) => log().warn({ err: error }, 'The settings could not be read'))
  state.loading = loading
  return loading
}

async function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms))
}
