import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { findAdmin } from '@/lib/domain/admins/queries'
import type { AdminActor } from '@/lib/kit/actor'
import { hasPower, type Power } from '@/lib/kit/powers'
import { addressOf } from '@/lib/platform/address'
import { currentPerson } from './current-person'

/** The admin who is logged in, with the role they have now; null for everybody else. */
export const currentAdmin = cache(async (): Promise<AdminActor | null> => {
  const person = await currentPerson()
  return person && findAdmin(person, addressOf(await headers()))
})

/**
 * For pages: nobody goes to the login and comes back to this page; whoever has no role, or one that
 * does not reach it, is told that there is no such page. Every query asks for itself once more.
 */
export async function requireAdmin(power: Power = 'view'): Promise<AdminActor> {
  const admin = await currentAdmin()
  if (admin && hasPower(admin.role, power)) return admin
  if (admin || (await currentPerson())) notFound()
  const page = (await headers()).get('x-page') ?? '/admin'
  redirect(`/login?callbackUrl=${encodeURIComponent(page)}`)
}
