import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHead } from '@/components/admin/page-head'
import { Panel } from '@/components/admin/panel'
import { Raw } from '@/components/admin/payment/raw'
import { Story } from '@/components/admin/payment/story'
import { requireAdmin } from '@/lib/auth/current-admin'
import { findStory, storyMost } from '@/lib/domain/ledger/story-queries'
import { hasPower } from '@/lib/kit/powers'
import { paymentWords } from '@/lib/messages/admin-payment'
import { Jobs, Listed, Older, OrderInfo } from './around'
import { Decide } from './decide'
import { PaymentFacts } from './facts'
import { tell } from './tell'

export const metadata: Metadata = { title: paymentWords.title }

type Props = { params: Promise<{ id: string }> }

export default async function PaymentPage({ params }: Props) {
  const admin = await requireAdmin()
  const story = await findStory(admin, (await params).id)
  if (!story) notFound()
  const { payment, events } = story
  const { person, plan, isMoney } = payment
  const lines = events.map((event) => ({
    at: event.at,
    parts: tell(event, person.telegramUserId),
  }))
  const readsAudit = hasPower(admin.role, 'read_audit')
  return (
    <>
      <PageHead
        heading={paymentWords.heading(payment, plan?.name ?? null)}
        text={isMoney ? undefined : paymentWords.questionText}
      />
      <Panel heading={paymentWords.facts.heading}>
        <PaymentFacts payment={payment} />
      </Panel>
      <Decide admin={admin} payment={payment} />
      <Panel
        heading={paymentWords.story.heading}
        text={readsAudit ? paymentWords.story.text : paymentWords.viewerStory}
      >
        <Older story={story} />
        <Story lines={lines} />
      </Panel>
      {isMoney ? <Jobs jobs={story.jobs} /> : null}
      <Listed listed={story.listed} />
      <OrderInfo orderInfo={story.orderInfo} hidesOrderInfo={story.hidesOrderInfo} />
      {isMoney ? <Raw bodies={story.raw} most={story.hasOlder.raw ? storyMost : null} /> : null}
    </>
  )
}
