'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { forgetBrowser } from '@/lib/auth/browser-login'
import { deleteMyData } from '@/lib/domain/accounts/delete-my-data'
import { openPortal } from '@/lib/domain/checkout/open-checkout'
import { planCode } from '@/lib/domain/plans/schema'
import { restorePurchases } from '@/lib/domain/reconciliation/restore-purchases'
import {
  cancelSubscription,
  resumeSubscription,
} from '@/lib/domain/subscriptions/cancel-subscription'
import { sessionAction } from '@/lib/web/session-action'

const ofPlan = z.object({ planCode })
const nothing = z.object({})
const confirmed = z.object({
  confirmation: z
    .string()
    .trim()
    .regex(/^delete$/i),
})

const cancel = sessionAction(ofPlan, (actor, input) => cancelSubscription(actor, input.planCode))
const resume = sessionAction(ofPlan, (actor, input) => resumeSubscription(actor, input.planCode))
const restore = sessionAction(nothing, (actor) => restorePurchases(actor))
const portal = sessionAction(nothing, (actor) => openPortal(actor))
const erase = sessionAction(confirmed, async (actor) => {
  await deleteMyData(actor)
  await forgetBrowser()
})

export async function cancelRenewal(code: string) {
  return cancel({ planCode: code })
}

export async function resumeRenewal(code: string) {
  return resume({ planCode: code })
}

export async function restoreMyPurchases() {
  return restore({})
}

/** The address of Stripe's page for this person's cards. */
export async function openCards() {
  return portal({})
}

/** Ends on the closing page, logged out; answers only when it was refused. */
export async function deleteAccount(confirmation: string) {
  const result = await erase({ confirmation })
  if (result.ok) redirect('/account/deleted')
  return result
}
