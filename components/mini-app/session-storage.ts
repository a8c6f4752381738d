/**
 * Some browsers deny a third-party frame all storage, and the SDK cannot read its launch data without.
 * Then a memory of this page stands in: moving between pages keeps it, a reload reads the address.
 */
export function provideSessionStorage(page: Window & typeof globalThis): void {
  try {
    // Reading the property is what a browser refuses.
    page.sessionStorage.getItem('')
  } catch {
    const kept = new Map<string, string>()
    const value: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, text) => kept.set(key, text),
      removeItem: (key) => kept.delete(key),
    }
    Object.defineProperty(page, 'sessionStorage', { value, configurable: true })
  }
}
