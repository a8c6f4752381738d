import { LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { webMessages } from '@/lib/messages/web'
import { AcceptNote } from './accept-note'
import { QrCode } from './qr-code'
import styles from './telegram-panel.module.css'

type Props = {
  planName: string
  /** Opens the bot at this plan, on this device and on the one that scans it. */
  href: string
}

/** Buying in Telegram itself: needs no login in this browser. */
export function TelegramPanel({ planName, href }: Props) {
  const { pay, payText, open, scan, qr } = webMessages.plan
  return (
    <section className={styles.panel} aria-labelledby="pay">
      <h2 id="pay" className={styles.title}>
        {pay}
      </h2>
      <p className={styles.text}>{payText}</p>
      <LinkButton href={href}>
        <Icon name="send" />
        {open}
      </LinkButton>
      <div className={styles.scan}>
        <p className={styles.text}>{scan}</p>
        <QrCode text={href} label={qr(planName)} />
      </div>
      <AcceptNote />
    </section>
  )
}
