import { LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { webMessages } from '@/lib/messages/web'
import styles from './landing.module.css'
import { Mark } from './mark'

/** The front page: what this is, and the way to the bot. */
export function Landing({ bot, botLink }: { bot: string; botLink: string }) {
  const { heading, intro, open, steps } = webMessages.home
  return (
    <>
      <section className={styles.hero}>
        <Mark size={88} />
        <h1 className={styles.heading}>{heading}</h1>
        <p className={styles.intro}>{intro(bot)}</p>
        <div className={styles.action}>
          <LinkButton href={botLink}>
            <Icon name="send" />
            {open}
          </LinkButton>
        </div>
      </section>
      <ol className={styles.steps}>
        {steps.map(({ title, text }) => (
          <li key={title} className={styles.step}>
            <h2 className={styles.title}>{title}</h2>
            <p className={styles.text}>{text}</p>
          </li>
        ))}
      </ol>
    </>
  )
}
