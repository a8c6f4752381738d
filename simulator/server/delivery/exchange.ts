import { use } from '@/simulator/server/faults'
import type { World } from '@/simulator/server/world'
import { type Answer, attempt, errorOf, fakeAnswer, READ_LIMIT, type Target } from './attempt'
import type { PendingUpdate } from './outbox'

type Surroundings = {
  closing: AbortSignal
  /** Said when only the clock can end the attempt. */
  dontWait: () => void
}

/** One attempt and what came back of it, as far as the faults let it come back. */
export async function exchange(
  world: World,
  target: Target,
  update: PendingUpdate,
  { closing, dontWait }: Surroundings,
): Promise<Answer> {
  const { clock, faults } = world
  const override = faults.webhook_status
  const overridden = override && use(override) ? override : undefined
  if (overridden?.delivered === false) return fakeAnswer(overridden.status)
  const answer = await attempt(clock, target, update.body, closing)
  if (overridden !== undefined) return fakeAnswer(overridden.status)
  if (update.hangs < (faults.hang ?? 0)) {
    update.hangs += 1
    dontWait()
    await new Promise<void>((resolve) => {
      const timer = clock.after(READ_LIMIT, resolve)
      closing.addEventListener('abort', () => {
        timer.cancel()
        resolve()
      })
    })
    return { kind: 'failure', error: 'Read timeout expired' }
  }
  if (errorOf(answer) === undefined && update.answersLost < (faults.drop_answer ?? 0)) {
    update.answersLost += 1
    return { kind: 'failure', error: 'Webhook connection closed' }
  }
  return answer
}
