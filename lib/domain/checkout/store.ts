import { db } from '@/lib/platform/db'

export async function setCheckout(invoiceId: string, id: string, url: string): Promise<void> {
  await db().invoice.update({
    where: { id: invoiceId },
    data: { checkoutId: id, link: url },
    select: { id: true },
  })
}

/** Stripe's id of a person; null when they never paid by card. */
export async function loadCustomer(telegramUserId: number): Promise<string | null> {
  const row = await db().user.findUnique({
    where: { telegramUserId },
    select: { stripeCustomerId: true },
  })
  return row?.stripeCustomerId ?? null
}

/** The first customer stays the person's: its portal has their cards and subscriptions. */
export async function setCustomer(telegramUserId: number, customerId: string): Promise<void> {
  await db().user.updateMany({
    where: { telegramUserId, stripeCustomerId: null },
    data: { stripeCustomerId: customerId },
  })
}

/** Pages at Stripe that a person could still pay on, with what they sell. */
export function loadOpenCheckouts(telegramUserId: number, now: Date) {
  return db().invoice.findMany({
    where: {
      user: { telegramUserId },
      status: 'open',
      expiresAt: { gt: now },
      checkoutId: { not: null },
    },
    select: { id: true, checkoutId: true, plan: { select: { family: true, tier: true } } },
  })
}

export async function setExpired(invoiceId: string, now: Date): Promise<void> {
  await db().invoice.updateMany({
    where: { id: invoiceId, status: 'open' },
    data: { expiresAt: now },
  })
}

/** A card charge by the payment that paid it. */
export async function findByPayment(paymentIntentId: string) {
  const row = await db().paymentEvent.findFirst({
    where: {
      provider: 'stripe',
      OR: [{ chargeId: paymentIntentId }, { providerPaymentChargeId: paymentIntentId }],
    },
    select: {
      id: true,
      chargeId: true,
      telegramUserId: true,
      currency: true,
      amount: true,
      invoicePayload: true,
      status: true,
    },
  })
  if (!row?.chargeId) return null
  return {
    ...row,
    chargeId: row.chargeId,
    telegramUserId: Number(row.telegramUserId),
    amount: Number(row.amount),
  }
}
