import { randomBytes } from 'node:crypto'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { ensureUser } from '@/lib/domain/users/ensure-user'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { makeCharge } from './charges'
import { makePerson } from './factories'

/** Somebody whose every datum is found again wherever it goes. */
export type MarkedPerson = {
  person: PersonActor
  /** What names something of theirs in an address. */
  ids: string[]
  /** Texts that are in nobody else's data. */
  markers: string[]
  /** Those among them that a viewer may not read of anybody. */
  hidden: string[]
}

const mark = () => `mk${randomBytes(9).toString('hex')}`
const markedNumber = () => 100_000_000 + (randomBytes(4).readUInt32BE() % 900_000_000)

/** A new person with a name, purchases, gifts and everything else that we may know of somebody. */
export async function makeMarkedPerson(
  planCode: 'gold_1m' | 'gold_monthly',
): Promise<MarkedPerson> {
  const [firstName, lastName, username] = [mark(), mark(), mark()]
  const telegramUserId = 700_000_000_000 + markedNumber()
  const person = makePerson({ telegramUserId, firstName, lastName, username })
  const at = fromUnix(toUnix(new Date()))
  const { id: userId } = await ensureUser(person, at)
  const customer = mark()
  await db().user.update({ where: { id: userId }, data: { stripeCustomerId: customer } })
  const bought = await buys(planCode, person, userId, at)
  const around = await surround(person, userId, bought)
  return {
    person,
    ids: [String(telegramUserId), username, `@${username}`, ...bought.ids, ...around.ids],
    markers: [
      ...[firstName, lastName, username, customer, String(telegramUserId)],
      ...[...bought.ids, ...around.ids, ...bought.markers, ...around.markers],
    ],
    hidden: around.hidden,
  }
}

type Bought = { paymentId: string; chargeId: string; ids: string[]; markers: string[] }

/** An open invoice, and one that was paid. */
async function buys(
  planCode: string,
  person: PersonActor,
  userId: string,
  at: Date,
): Promise<Bought> {
  const amount = markedNumber()
  const isRecurring = planCode === 'gold_monthly'
  const invoices = [newId(), newId()].map((id) => {
    const issued = { id, planCode, issuedAt: at }
    const terms = { telegramUserId: person.telegramUserId, currency: 'XTR', amount }
    return { id, payload: signPayload({ ...issued, ...terms }), link: `https://t.me/$${mark()}` }
  })
  await db().invoice.createMany({
    data: invoices.map((invoice) => ({
      ...invoice,
      userId,
      planCode,
      method: 'stars',
      currency: 'XTR',
      amount,
      days: 30,
      createdAt: at,
      expiresAt: addDays(at, 1),
    })),
  })
  const [paid] = invoices
  const charge = makeCharge({
    payer: person,
    amount,
    payload: paid?.payload ?? '',
    chargeId: mark(),
    providerChargeId: mark(),
    isRecurring,
    isFirstRecurring: isRecurring,
    subscriptionExpiresAt: isRecurring ? addDays(at, 30) : null,
    chargedAt: at,
  })
  await recordCharge({ kind: 'telegram' }, charge)
  const { id: paymentId } = await db().paymentEvent.findFirstOrThrow({
    where: { chargeId: charge.chargeId },
  })
  const payloads = invoices.map(({ payload }) => payload)
  return {
    paymentId,
    chargeId: charge.chargeId,
    ids: [...invoices.map(({ id }) => id), paymentId, charge.chargeId, ...payloads],
    markers: [String(amount), charge.providerChargeId ?? '', ...invoices.map(({ link }) => link)],
  }
}

/** What stands around a purchase: a gift, a question, a raw update, a finding, the audit log. */
async function surround(person: PersonActor, userId: string, bought: Bought) {
  const { paymentId, chargeId } = bought
  const { telegramUserId } = person
  const [street, raw, finding, why, gift] = [mark(), mark(), mark(), mark(), mark()]
  const [grantId, questionId, updateId, findingId] = [newId(), newId(), newId(), newId()]
  const at = new Date()
  await db().paymentEvent.update({
    where: { id: paymentId },
    data: { orderInfo: { shipping_address: { street_line1: street } } },
  })
  await db().grant.create({
    data: {
      ...{ id: grantId, userId, planCode: 'silver_1m', days: 3, grantedBy: 'system' },
      ...{ reason: gift, grantedAt: at },
    },
  })
  const asked = { preCheckoutQueryId: mark(), invoicePayload: mark(), amount: markedNumber() }
  await db().paymentEvent.create({
    data: {
      ...{ id: questionId, provider: 'stars', userId, telegramUserId, currency: 'XTR', ...asked },
      ...{ status: 'failed', reason: 'unknown_invoice', createdAt: at, updatedAt: at },
    },
  })
  await db().telegramUpdate.create({
    data: {
      ...{ id: updateId, updateId: markedNumber(), kind: 'message', state: 'handled' },
      ...{ body: { note: raw }, chargeId, receivedAt: at },
    },
  })
  await db().finding.create({
    data: {
      ...{ id: findingId, kind: 'charge_not_listed', subject: chargeId, firstSeen: at },
      ...{ details: { charge_id: chargeId, note: finding }, lastSeen: at },
    },
  })
  for (const [subject, subjectId] of [
    ['payment', paymentId],
    ['user', String(telegramUserId)],
  ] as const) {
    await db().auditEntry.create({
      data: {
        ...{ id: newId(), actor: 'system', action: 'note', subject, subjectId, reason: why },
        ...{ details: {}, at },
      },
    })
  }
  return {
    ids: [grantId, questionId, updateId, findingId],
    markers: [gift, finding, asked.preCheckoutQueryId, asked.invoicePayload, String(asked.amount)],
    hidden: [street, raw, why],
  }
}
