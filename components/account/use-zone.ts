import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** The reader's time zone; UTC until the page has come to life, as the server cannot know it. */
export function useZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  )
}
