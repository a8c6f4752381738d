import { type ReactNode, Suspense } from 'react'
import { Empty, Panel } from '@/components/admin/panel'
import { healthMessages } from '@/lib/messages/admin-health'
import { describeError, log } from '@/lib/platform/log'

type Props = { heading: string; text?: string; load: () => Promise<ReactNode> }

/** One part of the page, which comes when it is there and takes nothing else with it when it fails. */
export function Part({ heading, text, load }: Props) {
  return (
    <Panel heading={heading} {...(text ? { text } : {})}>
      <Suspense fallback={<Empty>{healthMessages.loading}</Empty>}>
        <Loaded load={load} />
      </Suspense>
    </Panel>
  )
}

async function Loaded({ load }: Pick<Props, 'load'>) {
  try {
    return await load()
  } catch (error) {
    log().warn({ event: 'health_part_failed', ...describeError(error) })
    return <Empty>{healthMessages.away}</Empty>
  }
}
