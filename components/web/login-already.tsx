import { LinkButton } from '@/components/ui/button'
import { type LoginProblem, loginMessages, loginProblems } from '@/lib/messages/login'
import styles from './login.module.css'
import { LoginSubmit } from './login-submit'

type Props = {
  /** Who the account is, as its owner knows it. */
  name: string
  problem: LoginProblem | undefined
  accountPath: string
  logOut: () => Promise<void>
  logOutEverywhere: () => Promise<void>
}

/** For somebody who is logged in: onward, or out. */
export function LoginAlready({ name, problem, accountPath, logOut, logOutEverywhere }: Props) {
  const { heading, text, account, ...words } = loginMessages.already
  return (
    <section className={styles.login}>
      <h1 id="start" className={styles.heading}>
        {heading(name)}
      </h1>
      {problem ? (
        <div role="alert" className={styles.problem}>
          <div>
            <h2 className={styles.title}>{loginProblems[problem].heading}</h2>
            <p>{loginProblems[problem].text}</p>
          </div>
        </div>
      ) : null}
      <p className={styles.soft}>{text}</p>
      <div className={styles.ways}>
        <LinkButton href={accountPath}>{account}</LinkButton>
        <form action={logOut}>
          <LoginSubmit look="soft">{words.logOut}</LoginSubmit>
        </form>
        <form action={logOutEverywhere}>
          <LoginSubmit look="text">{words.logOutEverywhere}</LoginSubmit>
        </form>
      </div>
    </section>
  )
}
