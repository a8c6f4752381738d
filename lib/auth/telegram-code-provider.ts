import { headers } from 'next/headers'
import type { CredentialsConfig } from 'next-auth/providers/credentials'
import { redeemLogin } from '@/lib/domain/logins/redeem-login'
import { findPerson } from '@/lib/domain/users/queries'
import { cookieOf, loginCookieName } from './cookies'

/** Finishes a login that was confirmed in the bot: this browser's secret is the credential. */
export function telegramCodeProvider(): CredentialsConfig {
  return {
    id: 'telegram-code',
    name: 'Telegram bot',
    type: 'credentials',
    credentials: {},
    async authorize() {
      const secret = cookieOf(await headers(), loginCookieName())
      const telegramUserId = secret ? await redeemLogin(secret) : undefined
      const person = telegramUserId === undefined ? null : await findPerson(telegramUserId)
      return person && { id: String(person.telegramUserId), person, reachable: 'yes' }
    },
  }
}
