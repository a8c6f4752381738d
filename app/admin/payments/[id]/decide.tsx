import { Suspense } from 'react'
import { Empty, Panel } from '@/components/admin/panel'
import { Follow } from '@/components/admin/payment/follow'
import styles from '@/components/admin/payment/payment.module.css'
import { Refund } from '@/components/admin/payment/refund'
import { Sentence } from '@/components/admin/payment/sentence'
import { Settle } from '@/components/admin/payment/settle'
import { previewRefund, type RefundPreview } from '@/lib/domain/ledger/preview-refund'
import { findStarBalance } from '@/lib/domain/ledger/story-balance'
import type { PaymentStory } from '@/lib/domain/ledger/story-queries'
import { listPlans } from '@/lib/domain/plans/queries'
import type { AdminActor } from '@/lib/kit/actor'
import { stars } from '@/lib/kit/money'
import { hasPower } from '@/lib/kit/powers'
import { paymentWords } from '@/lib/messages/admin-payment'
import * as actions from './actions'
import { tellChanges } from './tell'

type Props = { admin: AdminActor; payment: PaymentStory['payment'] }

/** What can be done with a charge by this reader. */
export async function Decide({ admin, payment }: Props) {
  if (!payment.isMoney || payment.status === 'refunded') return null
  const maySettle = hasPower(admin.role, 'settle')
  const mayRefund = hasPower(admin.role, 'refund')
  if (!maySettle && !mayRefund) return <Empty>{paymentWords.refund.viewer}</Empty>
  const [plans, preview] = await Promise.all([
    payment.isWaiting && maySettle ? listPlans() : [],
    mayRefund ? previewRefund(admin, payment.id) : null,
  ])
  return (
    <>
      {payment.isWaiting && maySettle ? (
        <Panel
          heading={paymentWords.settle.heading}
          text={paymentWords.settle.text(payment.reason)}
        >
          <Settle
            paymentId={payment.id}
            planCode={payment.plan?.code ?? null}
            plans={plans.map(({ code, name }) => ({ code, name }))}
            canReplay={payment.provider !== 'stripe'}
            honour={actions.honour}
            replay={actions.replay}
            leave={actions.leave}
          />
        </Panel>
      ) : null}
      {preview ? <RefundPanel admin={admin} payment={payment} preview={preview} /> : null}
      {mayRefund && !preview ? (
        // It was refunded between two looks: the next one sees all of it.
        <Panel heading={paymentWords.refund.heading}>
          <div role="status">
            <Follow />
          </div>
        </Panel>
      ) : null}
    </>
  )
}

function RefundPanel({ admin, payment, preview }: Props & { preview: RefundPreview }) {
  const words = paymentWords.refund
  const { id, amount, currency, refund } = payment
  const isMark = preview.how === 'mark'
  return (
    <Panel heading={words.heading} text={isMark ? words.mark.text : undefined}>
      <div role="status">
        {refund?.state === 'requested' ? <Follow /> : null}
        {refund?.state === 'failed' ? <p>{words.failed(refund.problem ?? '')}</p> : null}
      </div>
      {refund?.state === 'requested' ? null : (
        <Refund
          paymentId={id}
          money={{ amount, currency }}
          how={preview.how}
          isAgain={refund?.state === 'failed'}
          act={isMark ? actions.markAsRefunded : actions.refund}
        >
          <Losses preview={preview} />
          {currency === stars ? (
            <Suspense fallback={<p>{words.askBalance}</p>}>
              <Balance admin={admin} needed={amount} />
            </Suspense>
          ) : null}
        </Refund>
      )}
    </Panel>
  )
}

function Losses({ preview }: { preview: RefundPreview }) {
  const words = paymentWords.refund
  const changes = tellChanges(preview)
  return (
    <>
      <h3>{words.loses}</h3>
      {changes.length === 0 ? <p>{words.losesNothing}</p> : null}
      <ul className={styles.list}>
        {changes.map((parts, index) => (
          <li key={preview.changes[index]?.planCode}>
            <Sentence parts={parts} />
          </li>
        ))}
      </ul>
      {preview.endsRenewal ? <p>{words.endsRenewal}</p> : null}
    </>
  )
}

/** Telegram is asked beside the page, which does not wait for it. */
async function Balance({ admin, needed }: { admin: AdminActor; needed: number }) {
  const balance = await findStarBalance(admin)
  const words = paymentWords.refund
  return <p>{balance === null ? words.noBalance : words.balance(balance, needed)}</p>
}
