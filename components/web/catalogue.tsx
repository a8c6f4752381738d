import { Message } from '@/components/ui/message'
import { webMessages } from '@/lib/messages/web'
import { AcceptNote } from './accept-note'
import styles from './catalogue.module.css'
import { Comparison } from './comparison'
import { Features } from './features'
import { belowFold } from './fold'
import { OfferRow } from './offer-row'
import { type OwnedView, viewTier } from './owned'
import type { WebFamily, WebTier } from './tiers'

type Props = {
  families: readonly WebFamily[]
  /** What a person who is logged in has, by plan code. */
  owned: ReadonlyMap<string, OwnedView>
}

/** Everything on sale: families, their tiers side by side, and what each tier includes. */
export function Catalogue({ families, owned }: Props) {
  const { empty, emptyText } = webMessages.plans
  if (families.length === 0)
    return <Message icon="star" level={2} heading={empty} text={emptyText} />
  const below = belowFold(families)
  return (
    <>
      {families.map((family) => (
        <Family key={family.key} family={family} below={below} owned={owned} />
      ))}
      <div className={styles.accept}>
        <AcceptNote />
      </div>
    </>
  )
}

/** `below`: what no phone shows at first, by key. */
type FamilyProps = { family: WebFamily; below: ReadonlySet<string>; owned: Props['owned'] }

function Family({ family, below, owned }: FamilyProps) {
  const { key, tiers } = family
  return (
    <section
      className={below.has(key) ? `${styles.family} ${styles.belowFold}` : styles.family}
      aria-labelledby={key}
    >
      <h2 id={key} className={styles.heading}>
        {nameOf(family)}
      </h2>
      <div className={styles.tiers}>
        {tiers.map((tier) => (
          <TierCard
            key={tier.key}
            tier={tier}
            isBelow={below.has(tier.key)}
            isAlone={tiers.length === 1}
            owned={owned}
          />
        ))}
      </div>
      {tiers.length > 1 ? <Comparison family={family} /> : null}
    </section>
  )
}

type TierProps = { tier: WebTier; isBelow: boolean; isAlone: boolean; owned: Props['owned'] }

function TierCard({ tier, isBelow, isAlone, owned }: TierProps) {
  const standing = viewTier(tier.offers, owned)
  return (
    <article className={styles.card}>
      <div className={styles.top}>
        {isAlone ? null : <h3 className={styles.title}>{tier.name}</h3>}
        <Features includes={tier.includes} features={tier.features} />
        {standing?.isUpgrade ? <p className={styles.upgrade}>{standing.text}</p> : null}
      </div>
      <ul className={isBelow ? styles.belowFold : undefined}>
        {tier.offers.map((offer) => (
          <li key={offer.code}>
            <OfferRow offer={offer} owned={owned.get(offer.code)?.text ?? null} />
          </li>
        ))}
      </ul>
    </article>
  )
}

/** A family of one tier is called as the tier is. */
function nameOf({ name, tiers }: WebFamily): string {
  const [only, ...others] = tiers
  return only && others.length === 0 ? only.name : name
}
