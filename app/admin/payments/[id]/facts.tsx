import Link from 'next/link'
import type { ReactNode } from 'react'
import { CopyId } from '@/components/admin/copy-button'
import { Moment } from '@/components/admin/moment'
import { Facts } from '@/components/admin/panel'
import { Sentence } from '@/components/admin/payment/sentence'
import { Status } from '@/components/admin/status'
import { Price } from '@/components/web/price'
import type { PaymentStory } from '@/lib/domain/ledger/story-queries'
import { paymentWords } from '@/lib/messages/admin-payment'

type Payment = PaymentStory['payment']

const tones: Record<string, 'good' | 'wait' | 'bad' | 'plain'> = {
  completed: 'good',
  review: 'wait',
  pending: 'wait',
  failed: 'bad',
}

/** What one row of the ledger is. */
export function PaymentFacts({ payment }: { payment: Payment }) {
  const words = paymentWords.facts
  const { chargedAt, entitlement, subscription } = payment
  const rows: (readonly [string, ReactNode])[] = [
    [words.status, <PaymentStatus key="status" payment={payment} />],
    [words.amount, <Price key="amount" money={payment} />],
    [words.person, <Payer key="payer" payment={payment} />],
    [words.plan, <PlanName key="plan" payment={payment} />],
    [words.rail, paymentWords.railName(payment.provider)],
    [words.charged, chargedAt && <Moment key="charged" at={chargedAt} />],
    [words.entitlement, entitlement && <Entitlement key="entitlement" {...entitlement} />],
    [words.subscription, subscription && subscriptionState(subscription)],
    [words.invoice, <InvoiceFact key="invoice" payment={payment} />],
    ...ids([
      [words.id, payment.id],
      [words.charge, payment.chargeId],
      [words.providerCharge, payment.providerChargeId],
      [words.payload, payment.payload],
    ]),
  ]
  return <Facts rows={rows.filter(([, value]) => value !== null)} />
}

const ids = (rows: [string, string | null][]) =>
  rows
    .filter((row): row is [string, string] => Boolean(row[1]))
    .map(([name, id]) => [name, <CopyId key={name} id={id} name={name.toLowerCase()} />] as const)

function PaymentStatus({ payment: { status, isWaiting } }: { payment: Payment }) {
  const isLeft = status === 'review' && !isWaiting
  return (
    <Status tone={isLeft ? 'plain' : (tones[status] ?? 'plain')}>
      {isLeft ? paymentWords.left : (paymentWords.statuses[status] ?? status)}
    </Status>
  )
}

function Payer({ payment: { person } }: { payment: Payment }) {
  const { telegramUserId, firstName, username, reachable, isBanned } = person
  const name = [firstName, username ? `@${username}` : ''].filter(Boolean).join(' ')
  return (
    <>
      <Link href={`/admin/users/${telegramUserId}`} prefetch={false}>
        {name || telegramUserId}
      </Link>{' '}
      <CopyId id={String(telegramUserId)} name="telegram id" />
      {isBanned ? <Status tone="bad">{paymentWords.banned}</Status> : null}
      {paymentWords.unreachable[reachable] ? <p>{paymentWords.unreachable[reachable]}</p> : null}
    </>
  )
}

function PlanName({ payment: { plan } }: { payment: Payment }) {
  if (!plan) return paymentWords.facts.noPlan
  return (
    <Link href={`/admin/plans/${plan.code}`} prefetch={false}>
      {plan.name}
    </Link>
  )
}

function Entitlement({
  planName,
  expiresAt,
  renews,
  revokedAt,
}: NonNullable<Payment['entitlement']>) {
  const words = paymentWords.entitlement
  if (revokedAt) return <Sentence parts={words.revoked(planName)} />
  if (!expiresAt) return <Sentence parts={words.life(planName)} />
  return <Sentence parts={words.until(planName, expiresAt, renews)} />
}

function subscriptionState({ state, stoppedAt }: NonNullable<Payment['subscription']>): string {
  return paymentWords.subscription[stoppedAt ? 'stopped' : state] ?? state
}

function InvoiceFact({ payment: { invoice } }: { payment: Payment }) {
  if (!invoice) return paymentWords.facts.noInvoice
  const { open, expired, paid, review } = paymentWords.invoiceStates
  const link = invoice.hasLink ? paymentWords.withLink : ''
  return (
    <>
      {invoice.status === 'paid' ? `${paid}${link}. ` : null}
      {invoice.status === 'review' ? `${review}. ` : null}
      {invoice.status === 'open' || invoice.status === 'expired' ? (
        <>
          {invoice.status === 'open' ? open : expired}
          <Moment at={invoice.expiresAt} />{' '}
        </>
      ) : null}
      <CopyId id={invoice.id} name="invoice id" />
    </>
  )
}
