'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { Button } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PaymentDto } from '@/lib/domain/payments/schema'
import { formatMoney } from '@/lib/kit/money'
import { formatDate, miniAppMessages } from '@/lib/messages/mini-app'
import { AccountSection, AccountSkeleton, type Line } from './account-section'
import type { ApiResult, ProblemCode } from './api'
import { closeApp } from './host'
import { useSession } from './mini-app'
import { ownText } from './offer-state'
import { useBackButton } from './use-host-buttons'
import { useLoaded } from './use-loaded'

type Everything = { entitlements: EntitlementDto[]; payments: PaymentDto[] }

/** What a person has, had and paid. `names` are the plans' names by code. */
export function Account({ names }: { names: Record<string, string> }) {
  const session = useSession()
  const router = useRouter()
  const api = session?.api
  const load = useCallback(async (): Promise<ApiResult<Everything>> => {
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
  if (loaded.state === 'failed') return <Failure code={loaded.code} onRetry={reload} />
  const { entitlements, payments } = loaded.value
  const messages = miniAppMessages.account
  if (entitlements.length === 0 && payments.length === 0) {
    return <Message level={2} icon="star" heading={messages.empty} text={messages.emptyText} />
  }
  const lines = (wanted: (entitlement: EntitlementDto) => boolean) =>
    entitlements.filter(wanted).map((each) => entitlementLine(each, names))
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
        lines={payments.map((payment) => paymentLine(payment, names))}
        ifEmpty={messages.noPayments}
      />
    </>
  )
}

function entitlementLine(entitlement: EntitlementDto, names: Record<string, string>): Line {
  const { plan_code: code, status, starts_at: start, expires_at: end } = entitlement
  const messages = miniAppMessages.account
  const line = { key: code, name: names[code] ?? code, value: '' }
  if (status === 'scheduled') {
    const term = end === null ? miniAppMessages.owned.startsOn(start) : messages.period(start, end)
    return { ...line, detail: term, tone: 'plain' }
  }
  if (status === 'revoked') return { ...line, detail: messages.endedEarly, tone: 'plain' }
  if (status === 'expired') {
    return { ...line, detail: end ? messages.ended(end) : messages.endedEarly, tone: 'plain' }
  }
  return { ...line, detail: ownText(entitlement), tone: 'good' }
}

function paymentLine(payment: PaymentDto, names: Record<string, string>): Line {
  const { id, plan_code: code, charged_at: at, status, amount, currency } = payment
  const messages = miniAppMessages.account
  const note = { completed: '', refunded: messages.refunded, review: messages.inReview }[status]
  return {
    key: id,
    name: code ? (names[code] ?? code) : messages.unknownPlan,
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
