import form from '@/components/admin/form.module.css'
import { Panel } from '@/components/admin/panel'
import { Give } from '@/components/admin/people/give'
import { MessagePerson } from '@/components/admin/people/message-person'
import styles from '@/components/admin/people/people.module.css'
import { PersonAct, RestoreFor } from '@/components/admin/people/person-acts'
import type { PersonFile } from '@/lib/domain/people/queries'
import { listPlans } from '@/lib/domain/plans/queries'
import type { AdminActor } from '@/lib/kit/actor'
import { hasPower } from '@/lib/kit/powers'
import { peopleWords } from '@/lib/messages/admin-people'
import * as actions from './actions'

const runs = new Set(['active', 'grace', 'scheduled'])

/** What this reader may do for the person. */
export async function Acts({ admin, file }: { admin: AdminActor; file: PersonFile }) {
  const words = peopleWords.help
  const { telegramUserId, reachable, bannedAt } = file.person
  const mayGrant = hasPower(admin.role, 'grant')
  const mayHelp = hasPower(admin.role, 'help')
  const mayBan = hasPower(admin.role, 'ban') && admin.telegramUserId !== telegramUserId
  if (!mayGrant && !mayHelp && !mayBan) {
    return <Panel heading={words.heading}>{words.viewer}</Panel>
  }
  const plans = mayGrant ? await listPlans() : []
  const running = file.held
    .filter((one) => runs.has(one.status) && one.expiresAt)
    .map((one) => ({ code: one.planCode, name: one.planName }))
  const unreachable = words.message.unreachable[reachable]
  return (
    <Panel heading={words.heading}>
      <div className={form.row}>
        {mayGrant ? (
          <Give
            telegramUserId={telegramUserId}
            plans={plans.map(({ code, name }) => ({ code, name }))}
            running={running}
            grant={actions.grantByHand}
            extend={actions.extend}
          />
        ) : null}
        {mayHelp && !unreachable ? (
          <MessagePerson
            telegramUserId={telegramUserId}
            isKnownToArrive={reachable === 'yes'}
            message={actions.message}
          />
        ) : null}
        {mayHelp ? <RestoreFor telegramUserId={telegramUserId} act={actions.restore} /> : null}
        {mayHelp ? (
          <PersonAct which="sessions" telegramUserId={telegramUserId} act={actions.logOut} />
        ) : null}
        {mayBan && !bannedAt ? (
          <PersonAct which="ban" telegramUserId={telegramUserId} act={actions.ban} />
        ) : null}
        {mayBan && bannedAt ? (
          <PersonAct which="unban" telegramUserId={telegramUserId} act={actions.unban} />
        ) : null}
      </div>
      {unreachable ? <p className={styles.note}>{unreachable}</p> : null}
    </Panel>
  )
}
