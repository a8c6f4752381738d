'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useCallback } from 'react'
import { Button } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PaymentDto } from '@/lib/domain/payments/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { formatMoney } from '@/lib/kit/money'
import { formatDate, miniAppMessages } from '@/lib/messages/mini-app'
import { accountMessages } from '@/lib/messages/mini-app-account'
import { AccountSection, AccountSkeleton, type Line } from './account-section'
import styles from './account-section.module.css'
import type { ApiResult, ProblemCode } from './api'
import { closeApp } from './host'
import { RowLink } from './links'
import { useSession } from './mini-app'
import { ownText } from './offer-state'
import { Renewal } from './renewal'
import { Restore } from './restore'
import { useBackButton } from './use-host-buttons'
import { useLoaded } from './use-loaded'

type Facts = { entitlements: EntitlementDto[]; payments: PaymentDto[] }

/** What the account says of plans, by their codes. */
export type PlanWords = Record<string, Pick<PlanDto, 'name' | 'kind'>>

/** What a person has, had and paid, and what they can do about it. */
export function Account({ plans }: { plans: PlanWords }) {
  const session = useSession()
  const router = useRouter()
  const api = session?.api
  const load = useCallback(async (): Promise<ApiResult<Facts>> => {
    if (!api) return { ok: false, code: 'unauthorized' }
    const [owned, paid] = await Promise.all([api.entitlements(), api.payments()])
    if (!owned.ok) return owned
    if (!paid.ok) return paid
    const { entitlements } = owned.value
    return { ok: true, value: { entitlements, payments: paid.value.payments } }
  }, [api])
  const { loaded, reload } = useLoaded(api ? load : undefined)
  useBackButton(() => router.push('/app'))

  if (loaded.state === 'loading') return <AccountSkeleton />
  const messages = miniAppMessages.account
  return (
    <>
      {loaded.state === 'failed' ? (
        <Failure code={loaded.code} onRetry={reload} />
      ) : (
        <Everything facts={loaded.value} plans={plans} onChanged={reload} />
      )}
      {loaded.state === 'ready' ? <Restore onRestored={reload} /> : null}
      <RowLink href="/app">{messages.shop}</RowLink>
    </>
  )
}

type EverythingProps = { facts: Facts; plans: PlanWords; onChanged: () => void }

function Everything({ facts, plans, onChanged }: EverythingProps) {
  const { entitlements, payments } = facts
  const messages = miniAppMessages.account
  if (entitlements.length === 0 && payments.length === 0) {
    return <Message level={2} icon="star" heading={messages.empty} text={messages.emptyText} />
  }
  const lines = (wanted: (entitlement: EntitlementDto) => boolean) =>
    entitlements.filter(wanted).map((each) => {
      const line = entitlementLine(each, plans)
      const more = moreOf(each, line.name, plans, onChanged)
      return { ...line, ...(more ? { more } : {}) }
    })
  return (
    <>
      <AccountSection title={messages.active} lines={lines(({ active }) => active)} />
      <AccountSection
        title={messages.scheduled}
        lines={lines(({ status }) => status === 'scheduled')}
      />
      <AccountSection
        title={messages.past}
        lines={lines(({ status }) => status === 'expired' || status === 'revoked')}
      />
      <AccountSection
        title={messages.payments}
        lines={payments.map((payment) => paymentLine(payment, plans))}
        ifEmpty={messages.noPayments}
      />
    </>
  )
}

/** A running subscription can be cancelled and resumed; one that waits for Stars says so. */
function moreOf(
  entitlement: EntitlementDto,
  name: string,
  plans: PlanWords,
  onChanged: () => void,
): ReactNode {
  const { plan_code: code, status, source, expires_at: end } = entitlement
  if (plans[code]?.kind !== 'subscription' || source !== 'stars') return null
  if (status === 'grace' && end) {
    return <p className={`${styles.more} ${styles.text}`}>{accountMessages.graceSince(end)}</p>
  }
  if (status !== 'active') return null
  return <Renewal entitlement={entitlement} name={name} onChanged={onChanged} />
}

function entitlementLine(entitlement: EntitlementDto, plans: PlanWords): Line {
  const { plan_code: code, status, starts_at: start, expires_at: end, renews } = entitlement
  const messages = miniAppMessages.account
  const line = { key: code, name: plans[code]?.name ?? code, value: '' }
  if (status === 'scheduled') {
    const term = end === null ? miniAppMessages.owned.startsOn(start) : messages.period(start, end)
    return { ...line, detail: term, tone: 'plain' }
  }
  if (status === 'revoked') return { ...line, detail: messages.endedEarly, tone: 'plain' }
  if (status === 'expired') {
    return { ...line, detail: end ? messages.ended(end) : messages.endedEarly, tone: 'plain' }
  }
  if (plans[code]?.kind === 'subscription' && status === 'active' && end && !renews) {
    return { ...line, detail: accountMessages.endsOn(end), tone: 'plain' }
  }
  return { ...line, detail: ownText(entitlement), tone: status === 'grace' ? 'plain' : 'good' }
}

function paymentLine(payment: PaymentDto, plans: PlanWords): Line {
  const { id, plan_code: code, charged_at: at, status, amount, currency } = payment
  const messages = miniAppMessages.account
  const note = { completed: '', refunded: messages.refunded, review: messages.inReview }[status]
  return {
    key: id,
    name: code ? (plans[code]?.name ?? code) : messages.unknownPlan,
    detail: note ? `${formatDate(at)} · ${note}` : formatDate(at),
    value: formatMoney({ amount, currency }),
    tone: 'plain',
  }
}

function Failure({ code, onRetry }: { code: ProblemCode; onRetry: () => void }) {
  const { account, notice } = miniAppMessages
  const mustReopen = code === 'init_data_expired' || code === 'unauthorized'
  const texts: Partial<Record<ProblemCode, string>> = {
    init_data_expired: notice.reopen,
    unauthorized: notice.unauthorized,
    network: notice.network,
  }
  return (
    <Message level={2} icon="alert" tone="danger" heading={account.failed} text={texts[code]}>
      <Button look="soft" onPress={mustReopen ? closeApp : onRetry}>
        {mustReopen ? notice.close : notice.retry}
      </Button>
    </Message>
  )
}
