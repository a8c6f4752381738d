'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Status } from '@/components/admin/status'
import type { ComparingDto } from '@/lib/domain/health/schema'
import type { ActionResult } from '@/lib/kit/action-result'
import { healthMessages } from '@/lib/messages/admin-health'

const words = healthMessages.runs
const everyMs = 2000

const isUnderWay = ({ is_queued: isQueued, run }: ComparingDto) =>
  isQueued || run?.state === 'running'

type Props = { first: ComparingDto; watch: () => Promise<ActionResult<ComparingDto>> }

/** How far a comparison is, looked at again every two seconds until it has ended. */
export function Comparing({ first, watch }: Props) {
  const router = useRouter()
  const [now, setNow] = useState(first)
  const isWatched = isUnderWay(now)

  useEffect(() => {
    if (!isWatched) return
    const timer = setInterval(async () => {
      // Without an answer the next look is soon enough.
      const result = await watch().catch(() => undefined)
      if (!result?.ok) return
      setNow(result.value)
      if (!isUnderWay(result.value)) router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [isWatched, router, watch])

  const line = lineOf(now)
  return <p role="status">{line ? <Status tone={line.tone}>{line.text}</Status> : null}</p>
}

type Line = { tone: 'good' | 'wait' | 'bad'; text: string }

function lineOf({ is_queued: isQueued, run, findings }: ComparingDto): Line | undefined {
  if (run?.state === 'running') return { tone: 'wait', text: words.running(run.position) }
  if (isQueued) return { tone: 'wait', text: words.queued }
  if (!run) return undefined
  if (run.state === 'broken_off') return { tone: 'bad', text: words.brokenOff }
  if (run.problem) return { tone: 'bad', text: words.problem(run.problem) }
  return { tone: findings > 0 ? 'wait' : 'good', text: words.result(run, findings) }
}
