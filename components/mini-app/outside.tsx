import { LinkButton } from '@/components/ui/button'
import { Message } from '@/components/ui/message'
import { miniAppMessages } from '@/lib/messages/mini-app'
import styles from './page.module.css'

/** In the page from the start and shown by CSS, so that a browser outside Telegram sees no flash. */
export function Outside({ botLink }: { botLink: string }) {
  const { heading, text, button } = miniAppMessages.outside
  return (
    <main className={styles.outside}>
      <Message icon="send" heading={heading} text={text}>
        <LinkButton href={botLink}>{button}</LinkButton>
      </Message>
    </main>
  )
}
