'use server'

import { z } from 'zod'
import { movePlan } from '@/lib/domain/plans/reorder-plans'
import { putBackOnSale, retirePlan } from '@/lib/domain/plans/retire-plan'
import { savePlan } from '@/lib/domain/plans/save-plan'
import { planCode, planDraft } from '@/lib/domain/plans/schema'
import { adminAction } from '@/lib/web/admin-action'

const one = z.object({ code: planCode })
const withReason = one.extend({ reason: z.string().trim().min(1).max(500) })
const toSave = z.object({ draft: planDraft, version: z.iso.datetime().nullable() })
const toMove = one.extend({ direction: z.enum(['up', 'down']) })

const write = adminAction(toSave, (admin, input) => savePlan(admin, input))
const shift = adminAction(toMove, (admin, { code, direction }) => movePlan(admin, code, direction))
const close = adminAction(withReason, (admin, { code, reason }) => retirePlan(admin, code, reason))
const reopen = adminAction(withReason, (admin, { code, reason }) =>
  putBackOnSale(admin, code, reason),
)

export async function save(input: Parameters<typeof write>[0]) {
  return write(input)
}

export async function move(input: Parameters<typeof shift>[0]) {
  return shift(input)
}

export async function retire(input: Parameters<typeof close>[0]) {
  return close(input)
}

export async function putBack(input: Parameters<typeof reopen>[0]) {
  return reopen(input)
}
