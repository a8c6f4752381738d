import { redirect } from 'next/navigation'
import { currentPerson } from '@/lib/auth/current-person'
import type { PersonActor } from '@/lib/kit/actor'

/** Who is logged in; anybody else goes to the login and comes back to this path afterwards. */
export async function requireViewer(path: string): Promise<PersonActor> {
  return (await currentPerson()) ?? redirect(`/login?callbackUrl=${path}`)
}
