import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { Login } from '@/components/web/login'
import { LoginAlready } from '@/components/web/login-already'
import { cookieOf, loginCookieName } from '@/lib/auth/cookies'
import { currentPerson } from '@/lib/auth/current-person'
import { offersTelegramLogin } from '@/lib/auth/options'
import { homePath, returnPath } from '@/lib/auth/return-path'
import { findLogin } from '@/lib/domain/logins/queries'
import { type LoginProblem, loginMessages, loginProblems } from '@/lib/messages/login'
import { env } from '@/lib/platform/env'
import { telegramLink } from '@/lib/platform/links'
import { logOut, logOutOnAllDevices, startBotLogin } from './actions'

export const metadata: Metadata = { title: loginMessages.title, robots: { index: false } }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function LoginPage({ searchParams }: Props) {
  const { error, callbackUrl } = await searchParams
  const problem = problemIn(error)
  const { APP_URL, TELEGRAM_BOT_USERNAME: bot } = env()
  const person = await currentPerson()
  if (person) {
    const isOther = problem === 'another_person'
    if (callbackUrl !== undefined && !isOther) redirect(returnPath(callbackUrl, APP_URL))
    return (
      <LoginAlready
        name={loginMessages.whoIs(person)}
        problem={isOther ? problem : undefined}
        accountPath={homePath}
        logOut={logOut}
        logOutEverywhere={logOutOnAllDevices}
      />
    )
  }
  const secret = cookieOf(await headers(), loginCookieName())
  const login = secret ? await findLogin(secret) : null
  return (
    <Login
      bot={bot}
      login={login}
      codeLink={login && telegramLink(`${bot}?start=login-${login.code}`)}
      problem={problem}
      offersTelegram={offersTelegramLogin()}
      callbackUrl={returnPath(callbackUrl, APP_URL)}
      startBotLogin={startBotLogin}
    />
  )
}

function problemIn(error: string | string[] | undefined): LoginProblem | undefined {
  if (typeof error !== 'string') return undefined
  return Object.hasOwn(loginProblems, error) ? (error as LoginProblem) : 'failed'
}
