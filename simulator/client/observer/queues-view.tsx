import type { PendingUpdateView, QueueView } from '@/simulator/wire'
import { useFeed } from './feed'
import { UpdateActions } from './update-actions'

function clockTime(iso: string): string {
  return iso.slice(11, 19)
}

function waitsFor(update: PendingUpdateView): string {
  if (update.held) return 'held'
  if (update.in_flight) return 'on its way'
  if (update.next_attempt_at) return `next attempt at ${clockTime(update.next_attempt_at)}`
  return 'waits'
}

function Pending({ update, botId }: { update: PendingUpdateView; botId: number }) {
  const { update_id, type, attempts, expires_at } = update
  return (
    <li className="line">
      <span className="line-text">
        <span className="line-title">{type}</span>
        <span className="line-detail">
          update {update_id}, {waitsFor(update)}, {attempts}{' '}
          {attempts === 1 ? 'attempt' : 'attempts'}, given up{' '}
          {expires_at.slice(0, 16).replace('T', ' ')}
        </span>
      </span>
      <UpdateActions updateId={update_id} botId={botId} />
    </li>
  )
}

function Queue({ queue }: { queue: QueueView }) {
  const id = `queue-${queue.bot_id}-${queue.queue}`
  return (
    <section aria-labelledby={id} className="queue">
      <h3 id={id}>
        {queue.type} <span className="line-detail">queue {queue.queue}</span>
      </h3>
      <ul>
        {queue.updates.map((update) => (
          <Pending key={update.update_id} update={update} botId={queue.bot_id} />
        ))}
      </ul>
    </section>
  )
}

/** What waits for the bot. Within a queue the order holds: a held update holds those behind it. */
export function QueuesView() {
  const queues = useFeed((feed) => feed.queues)
  const waiting = queues.filter(({ updates }) => updates.length > 0)
  if (waiting.length === 0) {
    return <p className="hint">Nothing waits: the bot has taken every update.</p>
  }
  return waiting.map((queue) => <Queue key={`${queue.bot_id}:${queue.queue}`} queue={queue} />)
}
