import { Button } from '@/components/ui/button'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { accountMessages } from '@/lib/messages/mini-app-account'
import styles from './account-section.module.css'
import type { ProblemCode } from './api'
import { closeApp } from './host'

export type Problem = { code: ProblemCode; retryAfterSeconds?: number }

/** Why something on the account page was not done, and what helps. Nothing on the page is lost. */
export function ProblemText({ problem }: { problem: Problem }) {
  const { code } = problem
  const mustReopen = code === 'init_data_expired' || code === 'unauthorized'
  return (
    <>
      <p className={`${styles.text} ${styles.problem}`}>{sentenceOf(problem)}</p>
      {mustReopen ? (
        <div className={styles.actions}>
          <Button look="soft" onPress={closeApp}>
            {miniAppMessages.notice.close}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function sentenceOf({ code, retryAfterSeconds }: Problem): string {
  const { notice } = miniAppMessages
  const { problem } = accountMessages
  if (code === 'rate_limited') return notice.rateLimited(retryAfterSeconds ?? 60)
  const sentences: Partial<Record<ProblemCode, string>> = {
    init_data_expired: problem.reopen,
    unauthorized: notice.unauthorized,
    network: notice.network,
    telegram_unavailable: problem.telegramUnavailable,
    conflict: problem.conflict,
    not_found: problem.notFound,
  }
  return sentences[code] ?? problem.internal
}
