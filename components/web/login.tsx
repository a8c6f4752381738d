import { LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { displayCode, type LoginCodeDto, type LoginState } from '@/lib/domain/logins/schema'
import { type LoginProblem, loginProblems, loginMessages as words } from '@/lib/messages/login'
import styles from './login.module.css'
import { LoginStatus } from './login-status'
import { LoginSubmit } from './login-submit'
import { LoginTelegram } from './login-telegram'
import { QrCode } from './qr-code'

type Action = (form: FormData) => Promise<void>

type Props = {
  bot: string
  /** Opens the bot at this browser's code. */
  codeLink: string | null
  login: LoginCodeDto | null
  problem: LoginProblem | undefined
  /** Whether Telegram's own login page is set up. */
  offersTelegram: boolean
  callbackUrl: string
  startBotLogin: Action
}

/** The ways in, or the one that is under way. */
export function Login(props: Props) {
  const { login, problem, offersTelegram, callbackUrl, codeLink } = props
  const isWaiting = login?.state === 'pending' || login?.state === 'confirmed'
  const said = problemOf(problem, login)
  return (
    <section className={styles.login}>
      <header className={styles.ways}>
        <h1 id="start" className={styles.heading}>
          {words.heading}
        </h1>
        <p className={styles.soft}>{words.intro}</p>
      </header>
      {said ? <Problem {...said} /> : null}
      {isWaiting && codeLink ? (
        <Waiting {...props} login={login} codeLink={codeLink} />
      ) : (
        <div className={styles.panel}>
          {offersTelegram ? (
            <>
              <div className={styles.ways}>
                <LoginTelegram callbackUrl={callbackUrl} />
              </div>
              <p className={styles.or}>{words.or}</p>
            </>
          ) : null}
          <ByBot {...props} />
        </div>
      )}
      {isWaiting && offersTelegram ? (
        <div className={styles.ways}>
          <p className={styles.or}>{words.or}</p>
          <LoginTelegram callbackUrl={callbackUrl} />
        </div>
      ) : null}
    </section>
  )
}

/** How a code ended says more than that its login did not work. */
function problemOf(problem: LoginProblem | undefined, login: LoginCodeDto | null) {
  const ending = login && endings[login.state]
  if (ending && (!problem || problem === 'not_confirmed')) return ending
  return problem && loginProblems[problem]
}

const { expired, denied, contested } = words
const endings: Partial<Record<LoginState, { heading: string; text: string }>> = {
  expired,
  denied,
  contested,
}

function Problem({ heading, text }: { heading: string; text: string }) {
  return (
    <div role="alert" className={styles.problem}>
      <Icon name="alert" />
      <div>
        <h2 className={styles.title}>{heading}</h2>
        <p>{text}</p>
      </div>
    </div>
  )
}

function ByBot({ login, offersTelegram, callbackUrl, startBotLogin }: Props) {
  const isAgain = login !== null && endings[login.state] !== undefined
  const name = offersTelegram ? words.withBot : words.withBotOnly
  return (
    <div className={styles.ways}>
      <form action={startBotLogin}>
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <LoginSubmit look={offersTelegram ? 'soft' : 'main'}>
          {isAgain ? words.newCode : name}
        </LoginSubmit>
      </form>
      <p className={styles.hint}>{words.withBotHint}</p>
    </div>
  )
}

type WaitingProps = { bot: string; login: LoginCodeDto; codeLink: string; callbackUrl: string }

function Waiting({ bot, login, codeLink, callbackUrl }: WaitingProps) {
  const { heading, text, codeLabel, open, scan, qrLabel } = words.waiting
  return (
    <div className={styles.panel}>
      <h2>{heading}</h2>
      <p className={styles.soft}>{text(bot)}</p>
      <p className={styles.code}>
        <span className={styles.label}>{codeLabel}</span>
        <span className={styles.letters}>{displayCode(login.code)}</span>
      </p>
      <LinkButton href={codeLink}>
        <Icon name="send" />
        {open}
      </LinkButton>
      <div className={styles.scan}>
        <p>{scan}</p>
        <QrCode text={codeLink} label={qrLabel} />
      </div>
      <LoginStatus callbackUrl={callbackUrl} secondsLeft={login.secondsLeft} />
    </div>
  )
}
