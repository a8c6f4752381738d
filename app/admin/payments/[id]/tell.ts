import type { RefundPreview } from '@/lib/domain/ledger/preview-refund'
import type { StoryEvent } from '@/lib/domain/ledger/story'
import { type Part, paymentWords, storyWords } from '@/lib/messages/admin-payment'

/** Says one happening. `payer` is who paid the payment that the page is about. */
export function tell(event: StoryEvent, payer: number): Part[] {
  switch (event.kind) {
    case 'invoice':
      return storyWords.invoice(event)
    case 'question':
      return event.isOwn
        ? storyWords.question(event.refused)
        : storyWords.otherQuestion(event.id, event.refused)
    case 'not_charged':
      return storyWords.notCharged()
    case 'charge':
      return storyWords.charge(event)
    case 'other_charge': {
      const isOther = event.telegramUserId !== payer
      const by = isOther ? storyWords.otherPayer(event.telegramUserId) : []
      return [...storyWords.otherCharge(event), ...by]
    }
    case 'review':
      return storyWords.review(event.reason)
    case 'paid_twice':
      return storyWords.paidTwice()
    case 'refund_first':
      return storyWords.refundFirst()
    case 'given':
      return storyWords.given(event)
    case 'settled':
      return storyWords.settled(event.by, event.isHonoured)
    case 'refund_requested':
      return storyWords.refundRequested(event.by, event.reason)
    case 'refund_failed':
      return storyWords.refundFailed(event.problem)
    case 'refunded':
      return storyWords.refunded()
    case 'finding':
      return storyWords.finding(event.finding, event.isOpen)
    case 'finding_resolved':
      return storyWords.findingResolved(event.finding, event.by)
    case 'audit':
      return storyWords.audit(event)
  }
}

/** Says what a refund changes, one sentence per plan. */
export function tellChanges({ changes }: RefundPreview): Part[][] {
  const words = paymentWords.refund.change
  return changes.map(({ planName, before, after }) => {
    if (!after) return words.ends(planName)
    if (!before) return words.starts(planName, after.expiresAt)
    if (before.expiresAt === after.expiresAt) return words.renewal(planName)
    if (before.isActive && !after.isActive) return words.over(planName, before.expiresAt)
    return words.shorter(planName, before.expiresAt, after.expiresAt)
  })
}
