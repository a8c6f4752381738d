'use server'

import { z } from 'zod'
import { catchUpEvents } from '@/lib/domain/checkout/catch-up-events'
import { extendPlan } from '@/lib/domain/grants/extend-plan'
import { grantPlan } from '@/lib/domain/grants/grant-plan'
import { revokeGrant } from '@/lib/domain/grants/revoke-grant'
import { extendInput, grantInput } from '@/lib/domain/grants/schema'
import { banPerson, unbanPerson } from '@/lib/domain/people/ban-person'
import { endSessions } from '@/lib/domain/people/end-sessions'
import { messagePerson } from '@/lib/domain/people/message-person'
import { restoreForPerson } from '@/lib/domain/people/restore-for-person'
import { messageInput } from '@/lib/domain/people/schema'
import { adminAction } from '@/lib/web/admin-action'

const reason = z.string().trim().min(1).max(500)
const person = z.object({ telegramUserId: z.int().positive(), reason })
const grant = z.object({ grantId: z.uuid(), reason })

const give = adminAction(grantInput, grantPlan)
const add = adminAction(extendInput, extendPlan)
const take = adminAction(grant, (admin, one) => revokeGrant(admin, one.grantId, one.reason))
const write = adminAction(messageInput, messagePerson)
const look = adminAction(person, (admin, one) => restoreForPerson(admin, one, catchUpEvents))
const leave = adminAction(person, (admin, one) =>
  endSessions(admin, one.telegramUserId, one.reason),
)
const shut = adminAction(person, (admin, one) => banPerson(admin, one.telegramUserId, one.reason))
const open = adminAction(person, (admin, one) => unbanPerson(admin, one.telegramUserId, one.reason))

export async function grantByHand(input: Parameters<typeof give>[0]) {
  return give(input)
}

export async function extend(input: Parameters<typeof add>[0]) {
  return add(input)
}

export async function revoke(input: Parameters<typeof take>[0]) {
  return take(input)
}

export async function message(input: Parameters<typeof write>[0]) {
  return write(input)
}

export async function restore(input: Parameters<typeof look>[0]) {
  return look(input)
}

export async function logOut(input: Parameters<typeof leave>[0]) {
  return leave(input)
}

export async function ban(input: Parameters<typeof shut>[0]) {
  return shut(input)
}

export async function unban(input: Parameters<typeof open>[0]) {
  return open(input)
}
