import { type ReactNode, Suspense } from 'react'
import { Empty, Panel } from '@/components/admin/panel'
import { healthMessages } from '@/lib/messages/admin-health'
import { describeError, log } from '@/lib/platform/log'

type Load = () => Promise<ReactNode>
type Props = { heading: string; text?: string; load: Load; also?: { away: string; load: Load } }

/**
 * One part of the page, which comes when it is there and takes nothing else with it when it fails;
 * `also` comes before it from another source and by itself.
 */
export function Part({ heading, text, load, also }: Props) {
  return (
    <Panel heading={heading} {...(text ? { text } : {})}>
      {also ? (
        <Suspense fallback={<Empty>{healthMessages.loading}</Empty>}>
          <Loaded load={also.load} away={also.away} />
        </Suspense>
      ) : null}
      <Suspense fallback={<Empty>{healthMessages.loading}</Empty>}>
        <Loaded load={load} away={healthMessages.away} />
      </Suspense>
    </Panel>
  )
}

async function Loaded({ load, away }: { load: Load; away: string }) {
  try {
    return await load()
  } catch (error) {
    log().warn({ event: 'health_part_failed', ...describeError(error) })
    return <Empty>{away}</Empty>
  }
}
