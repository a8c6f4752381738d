const STORAGE_KEY = 'simulator.observer'

export function wasObserverOpen(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'open'
  } catch {
    return false
  }
}

export function rememberObserver(open: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, open ? 'open' : 'closed')
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
