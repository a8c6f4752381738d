import { LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { webMessages } from '@/lib/messages/web'
import styles from './landing.module.css'
import type { HeldView } from './owned'
import { Pass } from './pass'
import type { Site } from './site'

type Props = {
  site: Site
  firstName: string
  held: readonly HeldView[]
  /** The tier on the drawn pass: theirs, or the highest on sale. */
  tierName: string | null
}

/** The first screen of the front page for somebody who is logged in: what they have. */
export function Welcome({ site, firstName, held, tierName }: Props) {
  const { welcome, seePlans, open } = webMessages.home
  const hasPlans = held.length > 0
  return (
    <section className={styles.hero}>
      <div className={styles.words}>
        <h1 id="start" className={styles.heading}>
          {welcome.heading(firstName)}
        </h1>
        {hasPlans ? <Held held={held} /> : <p className={styles.intro}>{welcome.empty}</p>}
        <div className={styles.actions}>
          <LinkButton href={hasPlans ? '/account' : '/plans'}>
            {hasPlans ? welcome.account : seePlans}
          </LinkButton>
          <LinkButton look="soft" href={site.botLink}>
            <Icon name="send" />
            {open}
          </LinkButton>
        </div>
      </div>
      <Pass shopName={site.shopName} tierName={tierName} isActive={hasPlans} />
    </section>
  )
}

function Held({ held }: Pick<Props, 'held'>) {
  return (
    <ul className={styles.held} aria-label={webMessages.home.welcome.yours}>
      {held.map(({ code, name, text }) => (
        <li key={code}>
          <span className={styles.heldName}>{name}</span>
          <span className={styles.heldText}>{text}</span>
        </li>
      ))}
    </ul>
  )
}
