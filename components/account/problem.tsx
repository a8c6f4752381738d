import type { ActionResult } from '@/lib/kit/action-result'
import { webAccountMessages } from '@/lib/messages/account'
import styles from './account.module.css'

type Refused = Extract<ActionResult<unknown>, { ok: false }>
export type Problem = Omit<Refused, 'ok' | 'code'> & { code: Refused['code'] | 'network' }

/** Awaits an action; the network may have gone, and then nobody knows whether it arrived. */
export async function attempt<T>(
  action: () => Promise<ActionResult<T>>,
): Promise<{ ok: true; value: T } | ({ ok: false } & Problem)> {
  try {
    return await action()
  } catch {
    return { ok: false, code: 'network' }
  }
}

/** Why something was not done, and what helps. */
export function ProblemText({ problem, path }: { problem: Problem; path: string }) {
  const { problem: words } = webAccountMessages
  return (
    <p className={styles.problem}>
      {sentenceOf(problem)}{' '}
      {problem.code === 'unauthorized' ? (
        <a href={`/login?callbackUrl=${path}`}>{words.logIn}</a>
      ) : null}
    </p>
  )
}

function sentenceOf({ code, retryAfterSeconds }: Problem): string {
  const { problem: words } = webAccountMessages
  switch (code) {
    case 'rate_limited':
      return words.rate_limited(retryAfterSeconds ?? 60)
    case 'unauthorized':
    case 'forbidden_origin':
    case 'conflict':
    case 'not_found':
    case 'telegram_unavailable':
    case 'stripe_unavailable':
    case 'network':
      return words[code]
    default:
      return words.internal
  }
}
