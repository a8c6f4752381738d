import { cache } from 'react'
import { pay } from '@/app/(web)/plans/actions'
import { headingOf, type PurchaseProps } from '@/components/web/pay/purchase'
import { viewPurchase } from '@/components/web/pay/view'
import { currentPerson } from '@/lib/auth/current-person'
import { hasAlready, listEntitlements } from '@/lib/domain/entitlements/queries'
import { requirePurchase } from '@/lib/domain/invoices/queries'
import { priceFor } from '@/lib/domain/plans/price'
import { findPlan, rails } from '@/lib/domain/plans/queries'
import { Refusal } from '@/lib/kit/errors'
import { payMessages } from '@/lib/messages/pay'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { telegramLink } from '@/lib/platform/links'

/** Everything the page of a purchase shows; null when the person has none of that id. */
export const loadPay = cache(async (id: string): Promise<PurchaseProps | null> => {
  const person = await currentPerson()
  if (!person) return null
  const purchase = await requirePurchase(person, id).catch(unlessNotFound)
  const plan = purchase && (await findPlan(purchase.plan_code))
  if (!purchase || !plan) return null

  const [{ entitlements }, isCovered, at] = await Promise.all([
    listEntitlements(person, person.telegramUserId),
    hasAlready(person, plan),
    now(),
  ])
  const view = viewPurchase(purchase, {
    currentPrice: plan.onSale ? priceFor(plan, purchase.method, rails()) : null,
    isCovered,
    entitlement: entitlements.find((one) => one.plan_code === plan.code) ?? null,
  })
  const leftMs = Date.parse(purchase.expires_at) - at.getTime()
  return {
    view,
    purchase,
    planName: plan.name,
    firstName: person.firstName,
    secondsLeft: Math.max(0, Math.round(leftMs / 1000)),
    openHref: purchase.link && openHref(purchase.link),
    botLink: telegramLink(env().TELEGRAM_BOT_USERNAME),
    start: pay,
  }
})

export async function loadTitle(id: string): Promise<string> {
  const props = await loadPay(id)
  if (!props) return payMessages.notYours.heading
  const isOpen = props.view.kind === 'telegram' || props.view.kind === 'card'
  return isOpen
    ? payMessages.page.title(props.planName)
    : headingOf(props.view, props.purchase, props.planName)
}

const telegramRoot = 'https://t.me/'

function openHref(link: string): string {
  return link.startsWith(telegramRoot) ? telegramLink(link.slice(telegramRoot.length)) : link
}

function unlessNotFound(error: unknown): null {
  if (error instanceof Refusal && error.code === 'not_found') return null
  throw error
}
