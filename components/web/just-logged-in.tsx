import { loginMessages } from '@/lib/messages/login'
import styles from './just-logged-in.module.css'

export type LoggedIn = {
  /** Who the account is, as its owner knows it. */
  name: string
  /** The page this stands on, to come back to. */
  path: string
  logOut: (form: FormData) => Promise<void>
}

/**
 * As whom one is logged in, and the way out: whoever came in by a code that somebody else confirmed
 * must see it before anything is bought. Needs no script.
 */
export function JustLoggedIn({ name, path, logOut }: LoggedIn) {
  const { loggedInAs, notYou } = loginMessages.justNow
  return (
    <div className={styles.strip}>
      <p className={styles.who}>
        {loggedInAs}
        <strong>{name}</strong>.
      </p>
      <form action={logOut}>
        <input type="hidden" name="callbackUrl" value={path} />
        <button type="submit" className={styles.out}>
          {notYou}
        </button>
      </form>
    </div>
  )
}
