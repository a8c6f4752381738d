'use client'

import { useCallback, useEffect, useState } from 'react'
import type { ApiResult, ProblemCode } from './api'

export type Loaded<T> =
  | { state: 'loading' }
  | { state: 'ready'; value: T }
  | { state: 'failed'; code: ProblemCode }

/**
 * Loads when `load` is there, again when `version` changes, on `reload` and when the person comes
 * back to the page. What was loaded stays visible meanwhile. `load` has to be stable.
 */
export function useLoaded<T>(
  load: (() => Promise<ApiResult<T>>) | undefined,
  version = 0,
): { loaded: Loaded<T>; loadedVersion: number; reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' })
  const [loadedVersion, setLoadedVersion] = useState(-1)
  const [again, setAgain] = useState(0)
  const reload = useCallback(() => setAgain((count) => count + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` asks for one more load.
  useEffect(() => {
    if (!load) return
    let isStale = false
    void load().then((result) => {
      if (isStale) return
      if (result.ok) {
        setLoaded({ state: 'ready', value: result.value })
        setLoadedVersion(version)
        return
      }
      setLoaded((before) =>
        before.state === 'ready' ? before : { state: 'failed', code: result.code },
      )
    })
    return () => {
      isStale = true
    }
  }, [load, version, again])

  useEffect(() => {
    const listener = () => {
      if (document.visibilityState === 'visible') reload()
    }
    document.addEventListener('visibilitychange', listener)
    return () => document.removeEventListener('visibilitychange', listener)
  }, [reload])

  return { loaded, loadedVersion, reload }
}
