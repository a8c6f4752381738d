'use server'

import { redirect } from 'next/navigation'
import { env } from '@/lib/platform/env'
import { beginLogin, endSession, endSessions, endWrongSession } from '@/lib/web/login-actions'

/** Shows this browser a code to confirm in the bot. */
export async function startBotLogin(form: FormData): Promise<void> {
  redirect(await beginLogin(form.get('callbackUrl'), env().APP_URL))
}

export async function logOut(): Promise<void> {
  redirect(await endSession())
}

/** Logs this browser out and shows how to log in as oneself. */
export async function logOutAsSomebodyElse(form: FormData): Promise<void> {
  redirect(await endWrongSession(form.get('callbackUrl'), env().APP_URL))
}

export async function logOutOnAllDevices(): Promise<void> {
  redirect(await endSessions())
}
