import { applyTheme, type ThemeColors } from './apply-theme'

/**
 * Reads what Telegram put into the address (or what the SDK kept of it) and settles theme and
 * `data-launch` before anything is painted. Self-contained apart from its parameter.
 */
export function prepare(theme: (colors: ThemeColors) => void): void {
  const isLaunch = (query: string) => query.includes('tgWebAppVersion=')
  const kept = (key: string): unknown => {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? 'null')
    } catch {
      return null
    }
  }
  const [entry] = performance.getEntriesByType('navigation')
  const address = [location.href, entry?.name ?? ''].find(isLaunch)
  const query = address?.slice(address.indexOf('#') + 1) ?? String(kept('tapps/launchParams') ?? '')
  document.documentElement.dataset.launch = isLaunch(query) ? 'telegram' : 'outside'
  try {
    const launched: unknown = JSON.parse(
      new URLSearchParams(query).get('tgWebAppThemeParams') ?? 'null',
    )
    // After a reload the address still holds the colours of the launch; the SDK kept newer ones.
    const isReload = entry instanceof PerformanceNavigationTiming && entry.type === 'reload'
    const colors = (isReload ? kept('tapps/themeParams') : null) ?? launched
    if (typeof colors === 'object' && colors !== null) theme({ ...colors })
  } catch {
    // Unreadable colours: the system's choice stays.
  }
}

/** The inline script of the Mini App's first paint. */
export const beforePaintScript = `(${prepare.toString()})(${applyTheme.toString()})`
