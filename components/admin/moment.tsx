'use client'

import { useZone } from '@/components/account/use-zone'

const formats = {
  moment: { dateStyle: 'medium', timeStyle: 'short' },
  day: { dateStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** A date in the reader's zone, with UTC to the second on hover. `at` is ISO 8601. */
export function Moment({ at, as = 'moment' }: { at: string; as?: keyof typeof formats }) {
  const zone = useZone()
  const text = new Intl.DateTimeFormat('en-GB', { ...formats[as], timeZone: zone }).format(
    new Date(at),
  )
  return (
    <time dateTime={at} title={`${at.slice(0, 19).replace('T', ' ')} UTC`}>
      {text}
    </time>
  )
}
