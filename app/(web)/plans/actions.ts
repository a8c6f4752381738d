'use server'

import { type StartPaymentInput, startPayment } from '@/lib/web/start-payment'

/** Begins a payment by Stars or by card; every call is an attempt. */
export async function pay(input: StartPaymentInput) {
  return await startPayment(input)
}
