import { type ReactNode, Suspense } from 'react'
import { Empty, Panel } from '@/components/admin/panel'
import { overviewMessages } from '@/lib/messages/admin-overview'
import { describeError, log } from '@/lib/platform/log'

/** `away`: what stands there when it could not be read. */
type Load = { load: () => Promise<ReactNode>; away?: ReactNode }
type Props = Load & { heading: string; text?: string; coming: ReactNode }

/** One part of the page in a panel of its own; `coming` takes its room until it is there. */
export function OverviewPart({ heading, text, coming, ...load }: Props) {
  return (
    <Panel heading={heading} {...(text ? { text } : {})}>
      <Coming coming={coming} {...load} />
    </Panel>
  )
}

/** What comes later, and takes nothing else with it when it fails. */
export function Coming({ coming, load, away }: Load & { coming: ReactNode }) {
  return (
    <Suspense fallback={coming}>
      <Loaded load={load} {...(away ? { away } : {})} />
    </Suspense>
  )
}

async function Loaded({ load, away = <Empty>{overviewMessages.away}</Empty> }: Load) {
  try {
    return await load()
  } catch (error) {
    log().warn({ event: 'overview_part_failed', ...describeError(error) })
    return away
  }
}
