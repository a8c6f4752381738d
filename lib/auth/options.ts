import { headers } from 'next/headers'
import type { AuthOptions, DefaultSession } from 'next-auth'
import { openSession } from '@/lib/domain/users/open-session'
import { findPersonOfSession } from '@/lib/domain/users/queries'
import type { Reachable } from '@/lib/domain/users/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { toUnix } from '@/lib/kit/period'
import { env, tellNextAuth } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { authLogger } from './login-problem'
import { returnPath } from './return-path'
import { findSessionPerson, renewAfterSeconds, sessionSeconds, sessionToken } from './session'
import { telegramCodeProvider } from './telegram-code-provider'
import { telegramProvider } from './telegram-provider'

declare module 'next-auth' {
  interface User {
    id: string
    person: PersonActor
    reachable?: Reachable
    sessionVersion?: number
  }

  interface Session {
    user?: DefaultSession['user'] & { id: string }
  }
}

/** True where the owner set Log in with Telegram up; else only the bot can confirm a login. */
export function offersTelegramLogin(): boolean {
  return env().TELEGRAM_LOGIN_CLIENT_SECRET !== undefined
}

/** next-auth as we use it: two ways in, one person, sessions that the person's row can end. */
export function authOptions(): AuthOptions {
  tellNextAuth()
  const { NEXTAUTH_SECRET: secret, TELEGRAM_LOGIN_CLIENT_SECRET: clientSecret } = env()
  return {
    secret,
    providers: [...(clientSecret ? [telegramProvider(clientSecret)] : []), telegramCodeProvider()],
    session: { strategy: 'jwt', maxAge: sessionSeconds, updateAge: renewAfterSeconds },
    pages: { signIn: '/login', signOut: '/login', error: '/login' },
    logger: authLogger,
    callbacks: {
      async signIn({ user, account }) {
        const already = await findSessionPerson(await headers())
        // Somebody else's answer must not take over a browser, and with it what is bought there.
        if (already && already.telegramUserId !== user.person.telegramUserId) {
          return '/login?error=another_person'
        }
        const session = await openSession(user.person, user.reachable)
        if (!session) return '/login?error=banned'
        // The same object comes to `jwt` below.
        user.sessionVersion = session.sessionVersion
        log().info({ event: 'logged_in', provider: account?.provider, telegramUserId: user.id })
        return true
      },
      // What is decided at the login is all that a token ever says; nothing from requests gets in.
      async jwt({ token, user }) {
        if (user) return { sub: user.id, version: user.sessionVersion, since: toUnix(new Date()) }
        const { sub, version, since } = sessionToken.parse(token)
        if (!(await findPersonOfSession(sub, version))) throw new Error('the session is over')
        return { sub: String(sub), version, since }
      },
      session: ({ session, token }) => ({
        expires: session.expires,
        user: { id: String(token.sub) },
      }),
      redirect: ({ url, baseUrl }) => `${baseUrl}${returnPath(url, baseUrl)}`,
    },
  }
}
