import { Moment } from '@/components/admin/moment'
import { Facts } from '@/components/admin/panel'
import { Status } from '@/components/admin/status'
import { findLastUpdate, findWebhook } from '@/lib/domain/health/queries'
import type { WebhookDto } from '@/lib/domain/health/schema'
import type { AdminActor } from '@/lib/kit/actor'
import { healthMessages } from '@/lib/messages/admin-health'

const words = healthMessages.webhook

type Line = { tone: 'good' | 'wait' | 'bad'; text: string }

/** What is wrong, or that nothing is. */
function linesOf({ judged, url, missing_updates: missing }: WebhookDto): Line[] {
  const lines: Line[] = []
  if (judged.url !== 'well') lines.push({ tone: 'bad', text: words.notOurs(url) })
  if (judged.updates !== 'well') lines.push({ tone: 'bad', text: words.incomplete(missing) })
  if (judged.delivery === 'bad') lines.push({ tone: 'bad', text: words.failing })
  if (judged.delivery === 'unsure') lines.push({ tone: 'wait', text: words.shaky })
  return lines.length > 0 ? lines : [{ tone: 'good', text: words.well }]
}

/** What Telegram says. */
export async function TelegramSays(admin: AdminActor) {
  const webhook = await findWebhook(admin)
  const { last_problem: problem, last_problem_at: problemAt, missing_updates: missing } = webhook
  return (
    <>
      {linesOf(webhook).map(({ tone, text }) => (
        <p key={text}>
          <Status tone={tone}>{text}</Status>
        </p>
      ))}
      <Facts
        rows={[
          [words.waiting, webhook.waiting],
          [words.allowed, missing.length === 0 ? words.allAllowed : words.missing(missing)],
          [
            words.lastProblem,
            problem && problemAt ? (
              <>
                {problem} (<Moment at={problemAt} />)
              </>
            ) : (
              words.none
            ),
          ],
        ]}
      />
    </>
  )
}

/** What we know by ourselves, also while Telegram is silent. */
export async function WeKnow(admin: AdminActor) {
  const last = await findLastUpdate(admin)
  const at = last && (
    <>
      <Moment at={last.received_at} /> ({last.kind.replaceAll('_', ' ')})
    </>
  )
  return (
    <>
      <Facts rows={[[words.lastUpdate, at ?? words.none]]} />
      <p>{words.lastUpdateText}</p>
    </>
  )
}
