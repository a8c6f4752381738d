'use server'

import { redirect } from 'next/navigation'
import { env } from '@/lib/platform/env'
import { beginLogin, endSession, endSessions } from '@/lib/web/login-actions'

/** Shows this browser a code to confirm in the bot. */
export async function startBotLogin(form: FormData): Promise<void> {
  redirect(await beginLogin(form.get('callbackUrl'), env().APP_URL))
}

export async function logOut(): Promise<void> {
  redirect(await endSession())
}

export async function logOutOnAllDevices(): Promise<void> {
  redirect(await endSessions())
}
