import { useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * False in the server's markup and until the script has taken over: a press before that would be
 * lost, so a button that needs the script waits for it.
 */
export function useIsLive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
