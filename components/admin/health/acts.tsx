'use client'

import { ConfirmAction } from '@/components/admin/confirm-action'
import type { ActionResult } from '@/lib/kit/action-result'
import { healthMessages } from '@/lib/messages/admin-health'

type Act<I> = (input: I) => Promise<ActionResult<unknown>>

export function CompareNow({ act }: { act: Act<{ scope: 'tail' | 'full' }> }) {
  const { runs } = healthMessages
  return (['tail', 'full'] as const).map((scope) => (
    <ConfirmAction
      key={scope}
      label={scope === 'tail' ? runs.now : runs.nowFull}
      heading={runs.ask}
      confirm={scope === 'tail' ? runs.now : runs.nowFull}
      needsReason={false}
      act={() => act({ scope })}
      done={runs.finished}
    >
      <p>{runs.askText}</p>
    </ConfirmAction>
  ))
}

export function SettleFinding({
  id,
  act,
}: {
  id: string
  act: Act<{ id: string; reason: string }>
}) {
  const { findings } = healthMessages
  return (
    <ConfirmAction
      label={findings.resolve}
      heading={findings.resolveAsk}
      confirm={findings.resolve}
      act={(reason) => act({ id, reason })}
      done={findings.resolved}
    >
      <p>{findings.resolveText}</p>
    </ConfirmAction>
  )
}

type UpdateActs = {
  id: string
  replay: Act<{ id: string }>
  dismiss: Act<{ id: string; reason: string }>
}

export function SettleUpdate({ id, replay, dismiss }: UpdateActs) {
  const { updates } = healthMessages
  return (
    <>
      <ConfirmAction
        label={updates.replay}
        heading={updates.replayAsk}
        confirm={updates.replay}
        needsReason={false}
        act={() => replay({ id })}
        done={updates.replayed}
      >
        <p>{updates.replayText}</p>
      </ConfirmAction>{' '}
      <ConfirmAction
        label={updates.dismiss}
        heading={updates.dismissAsk}
        confirm={updates.dismiss}
        act={(reason) => dismiss({ id, reason })}
        done={updates.dismissed}
      >
        <p>{updates.dismissText}</p>
      </ConfirmAction>
    </>
  )
}

/** One failed job, or all of them when it is null. */
export function RetryJob({ id, act }: { id: string | null; act: Act<{ id: string | null }> }) {
  const { queue } = healthMessages
  const label = id === null ? queue.retryAll : queue.retry
  return (
    <ConfirmAction
      label={label}
      heading={queue.ask}
      confirm={label}
      needsReason={false}
      act={() => act({ id })}
      done={queue.done}
    >
      <p>{queue.askText}</p>
    </ConfirmAction>
  )
}
