'use client'

import { ConfirmAction } from '@/components/admin/confirm-action'
import type { ActionResult } from '@/lib/kit/action-result'
import { healthMessages } from '@/lib/messages/admin-health'
import { AskWhy } from './why'

type Act<I> = (input: I) => Promise<ActionResult<unknown>>

export function CompareNow({ act }: { act: Act<{ scope: 'tail' | 'full'; reason: string }> }) {
  const { runs } = healthMessages
  return (['tail', 'full'] as const).map((scope) => (
    <AskWhy
      key={scope}
      label={scope === 'tail' ? runs.now : runs.nowFull}
      heading={runs.ask}
      text={runs.askText}
      act={(reason) => act({ scope, reason })}
      done={runs.asked}
    />
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
  replay: Act<{ id: string; reason: string }>
  dismiss: Act<{ id: string; reason: string }>
}

export function SettleUpdate({ id, replay, dismiss }: UpdateActs) {
  const { updates } = healthMessages
  return (
    <>
      <AskWhy
        label={updates.replay}
        heading={updates.replayAsk}
        text={updates.replayText}
        act={(reason) => replay({ id, reason })}
        done={updates.replayed}
      />{' '}
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

type Retry = { id: string | null; act: Act<{ id: string | null; reason: string }> }

/** One failed job, or all of them when it is null. */
export function RetryJob({ id, act }: Retry) {
  const { queue } = healthMessages
  return (
    <AskWhy
      label={id === null ? queue.retryAll : queue.retry}
      heading={queue.ask}
      text={queue.askText}
      act={(reason) => act({ id, reason })}
      done={queue.done}
    />
  )
}
