import { api } from '@/simulator/client/api'
import { attempt, showNotice } from '@/simulator/client/store'
import type { PendingUpdateView } from '@/simulator/wire'
import { useFeed } from './feed'

type Action = 'replay' | 'hold' | 'release'

const DONE: Record<Action, string> = {
  replay: 'is sent again.',
  hold: 'is held, and its queue with it.',
  release: 'is released.',
}

function act(updateId: number, botId: number, action: Action): void {
  void attempt(async () => {
    await api.delivery(updateId, botId, action)
    showNotice(`Update ${updateId} ${DONE[action]}`)
  })
}

/** What can be done with an update depends on whether it still waits. */
export function UpdateActions({ updateId, botId }: { updateId: number; botId: number }) {
  const pending = useFeed(({ queues }) => findPending(queues, updateId, botId))
  const actions: [label: string, action: Action][] = !pending
    ? [['Replay', 'replay']]
    : pending.held
      ? [['Release', 'release']]
      : [
          ['Try now', 'replay'],
          ['Hold', 'hold'],
        ]
  return (
    <div className="update-actions">
      {actions.map(([label, action]) => (
        <button
          key={action}
          type="button"
          className="small-button"
          onClick={() => act(updateId, botId, action)}
        >
          {label}
          <span className="sr-only"> update {updateId}</span>
        </button>
      ))}
    </div>
  )
}

function findPending(
  queues: readonly { bot_id: number; updates: PendingUpdateView[] }[],
  updateId: number,
  botId: number,
): PendingUpdateView | undefined {
  for (const queue of queues) {
    if (queue.bot_id !== botId) continue
    const found = queue.updates.find(({ update_id }) => update_id === updateId)
    if (found) return found
  }
  return undefined
}
