const store: Record<string, unknown> = globalThis as unknown as Record<string, unknown>

/**
 * One value per process. A Next build holds several copies of a module, so what must be single
 * (pool, metrics registry, limiter) hangs on `globalThis`. The type is guaranteed by the name being
 * used in one file only.
 */
export function single<T>(name: string, make: () => T): T {
  const key = `starpass.${name}`
  store[key] ??= make()
  return store[key] as T
}
