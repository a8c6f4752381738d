import { LinkButton } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { webMessages } from '@/lib/messages/web'
import { Features } from './features'
import styles from './landing.module.css'
import { type OwnedView, viewTier } from './owned'
import { Pass } from './pass'
import { Price } from './price'
import type { Site } from './site'
import { lowestPrice, type WebFamily, type WebTier } from './tiers'

/** The first screen of the front page: what this is, and the way to the plans and to the bot. */
export function Hero({ site, tierName }: { site: Site; tierName: string | null }) {
  const { heading, intro, seePlans, open } = webMessages.home
  return (
    <section className={styles.hero}>
      <div className={styles.words}>
        <h1 id="start" className={styles.heading}>
          {site.headline || heading}
        </h1>
        <p className={styles.intro}>
          {site.intro || intro(site.shopName, site.payment.takesCards)}
        </p>
        <div className={styles.actions}>
          <LinkButton href="/plans">{seePlans}</LinkButton>
          <LinkButton look="soft" href={site.botLink}>
            <Icon name="send" />
            {open}
          </LinkButton>
        </div>
      </div>
      <Pass shopName={site.shopName} tierName={tierName} isActive />
    </section>
  )
}

type PreviewProps = {
  families: readonly WebFamily[]
  /** What a person who is logged in has, by plan code. */
  owned: ReadonlyMap<string, OwnedView>
}

/** Every tier in a few words, with its lowest price. */
export function TierPreview({ families, owned }: PreviewProps) {
  const { plansHeading, allPlans } = webMessages.home
  const tiers = families.flatMap(({ tiers }) => tiers)
  if (tiers.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="tiers">
      <div className={styles.titleRow}>
        <h2 id="tiers" className={styles.title}>
          {plansHeading}
        </h2>
        <a href="/plans">{allPlans}</a>
      </div>
      <ul className={styles.tiers}>
        {tiers.map((tier) => (
          <li key={tier.key} className={styles.tier}>
            <h3 className={styles.tierName}>{tier.name}</h3>
            <LowestPrice tier={tier} />
            <Features includes={tier.includes} features={tier.features} />
            <Standing tier={tier} owned={owned} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Standing({ tier, owned }: { tier: WebTier; owned: PreviewProps['owned'] }) {
  const standing = viewTier(tier.offers, owned)
  if (!standing) return null
  return <p className={standing.isUpgrade ? styles.upgrade : styles.yours}>{standing.text}</p>
}

function LowestPrice({ tier }: { tier: WebTier }) {
  const lowest = lowestPrice(tier)
  if (!lowest) return null
  return (
    <p className={styles.from}>
      {tier.offers.length > 1 ? `${webMessages.home.from} ` : null}
      <Price money={lowest} />
    </p>
  )
}

export function Steps({ takesCards }: { takesCards: boolean }) {
  const { stepsHeading, steps } = webMessages.home
  return (
    <section className={styles.section} aria-labelledby="steps">
      <h2 id="steps" className={styles.title}>
        {stepsHeading}
      </h2>
      <ol className={styles.steps}>
        {steps(takesCards).map(({ title, text }) => (
          <li key={title} className={styles.step}>
            <h3 className={styles.stepTitle}>{title}</h3>
            <p className={styles.stepText}>{text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
