import { headers } from 'next/headers'
import { beginBrowserLogin, forgetBrowser } from '@/lib/auth/browser-login'
import { currentPerson } from '@/lib/auth/current-person'
import { returnPath } from '@/lib/auth/return-path'
import { logOutEverywhere } from '@/lib/domain/users/log-out-everywhere'
import { Refusal } from '@/lib/kit/errors'
import { addressOf } from '@/lib/platform/address'
import { requireOwnPage } from './origin'

/** What the login page's forms do; each gives the path to go on with. */

export async function beginLogin(callbackUrl: unknown, appUrl: string): Promise<string> {
  const back = new URLSearchParams({ callbackUrl: returnPath(callbackUrl, appUrl) })
  const refusal = await refusalOf(async () => {
    await requireOwnPage()
    await beginBrowserLogin(addressOf(await headers()))
  })
  if (refusal) back.set('error', refusal)
  return `/login?${back}`
}

export async function endSession(): Promise<string> {
  const refusal = await refusalOf(async () => {
    await requireOwnPage()
    await forgetBrowser()
  })
  return refusal ? `/login?error=${refusal}` : '/'
}

/** For somebody who sees that this browser is logged in as another person: out, and start again. */
export async function endWrongSession(callbackUrl: unknown, appUrl: string): Promise<string> {
  const back = new URLSearchParams({ callbackUrl: returnPath(callbackUrl, appUrl) })
  const refusal = await refusalOf(async () => {
    await requireOwnPage()
    await forgetBrowser()
  })
  back.set('error', refusal ?? 'not_you')
  return `/login?${back}`
}

/** Every browser of the person is out, this one too. */
export async function endSessions(): Promise<string> {
  const refusal = await refusalOf(async () => {
    await requireOwnPage()
    const person = await currentPerson()
    if (person) await logOutEverywhere(person)
    await forgetBrowser()
  })
  return refusal ? `/login?error=${refusal}` : '/'
}

async function refusalOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
