'use server'

import { z } from 'zod'
import { markRefunded } from '@/lib/domain/payments/mark-refunded'
import { requestRefund } from '@/lib/domain/payments/request-refund'
import { honourPayment, leavePayment, replayPayment } from '@/lib/domain/payments/settle-review'
import { adminAction } from '@/lib/web/admin-action'

const one = z.object({ paymentId: z.uuid() })
const withReason = one.extend({ reason: z.string().trim().min(1).max(500) })
const withPlan = withReason.extend({ planCode: z.string().min(1).max(64) })

const ask = adminAction(withReason, (admin, { paymentId, reason }) =>
  requestRefund(admin, paymentId, reason),
)
const mark = adminAction(withReason, (admin, { paymentId, reason }) =>
  markRefunded(admin, paymentId, reason),
)
const give = adminAction(withPlan, (admin, { paymentId, planCode, reason }) =>
  honourPayment(admin, paymentId, { planCode, reason }),
)
const judge = adminAction(one, (admin, { paymentId }) => replayPayment(admin, paymentId))
const drop = adminAction(withReason, (admin, { paymentId, reason }) =>
  leavePayment(admin, paymentId, reason),
)

export async function refund(input: Parameters<typeof ask>[0]) {
  return ask(input)
}

export async function markAsRefunded(input: Parameters<typeof mark>[0]) {
  return mark(input)
}

export async function honour(input: Parameters<typeof give>[0]) {
  return give(input)
}

export async function replay(input: Parameters<typeof judge>[0]) {
  return judge(input)
}

export async function leave(input: Parameters<typeof drop>[0]) {
  return drop(input)
}
