import { randomBytes } from 'node:crypto'
import { GET as getMyEntitlements } from '@/app/api/v1/me/entitlements/route'
import { POST as sendInvoice } from '@/app/api/v1/telegram/payment/send-invoice/route'
import { receiveUpdate } from '@/lib/bot/webhook'
import { type EntitlementDto, entitlementList } from '@/lib/domain/entitlements/schema'
import { invoiceDto } from '@/lib/domain/invoices/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { makeInitData } from './init-data'
import { makeDelivery, makePreCheckoutUpdate } from './telegram-requests'

/** What Telegram repeats of an invoice, and a charge id to pay it with. */
export type Bill = {
  id: string
  link: string
  payload: string
  amount: number
  chargeId: string
}

const none = { params: Promise.resolve({}) }
const call = (person: PersonActor, body?: unknown) =>
  new Request('https://plans.test/api', {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization: `tma ${makeInitData(person)}` },
  })

export const makeChargeId = () => `stx${randomBytes(66).toString('hex')}`

/** Delivers an update and waits for what is done after the answer. */
export async function deliver(body: unknown, headers?: Record<string, string>): Promise<Response> {
  const deferred: Promise<void>[] = []
  const later = (work: () => Promise<void>) => void deferred.push(work())
  const response = await receiveUpdate(makeDelivery(body, headers), later)
  await Promise.all(deferred)
  return response
}

/** Asks for an invoice through REST. */
export function requestInvoice(person: PersonActor, planCode: string): Promise<Response> {
  return sendInvoice(call(person, { plan_code: planCode }), none)
}

/** A new invoice of the person, asked for through REST. */
export async function billFor(person: PersonActor, planCode = 'gold_1m'): Promise<Bill> {
  const response = await requestInvoice(person, planCode)
  const { invoice_id: id, invoice_link: link } = invoiceDto.parse(await response.json())
  const { payload, amount } = await db().invoice.findUniqueOrThrow({ where: { id } })
  return { id, link, payload, amount: Number(amount), chargeId: makeChargeId() }
}

/** Lets Telegram ask whether the person may pay; what the bot answered. */
export async function askToPay(
  person: PersonActor,
  query: { id?: string; currency?: string; amount: number; payload: string },
): Promise<{ ok: boolean; error_message?: string }> {
  const response = await deliver(makePreCheckoutUpdate(person, query))
  return response.json()
}

/** What REST says that the person has. */
export async function holdings(person: PersonActor): Promise<EntitlementDto[]> {
  const response = await getMyEntitlements(call(person), none)
  return entitlementList.parse(await response.json()).entitlements
}
