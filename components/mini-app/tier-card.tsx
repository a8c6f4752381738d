import { useId } from 'react'
import { Icon } from '@/components/ui/icon'
import { miniAppMessages } from '@/lib/messages/mini-app'
import page from './page.module.css'
import type { TierGroup } from './plan-groups'
import { type OfferState, PlanRow } from './plan-row'
import styles from './tier-card.module.css'

type Props = {
  group: TierGroup
  states: ReadonlyMap<string, OfferState>
  selected: string | null
  onSelect: (planCode: string) => void
}

/** One tier: what it includes, and its plans to choose from. */
export function TierCard({ group, states, selected, onSelect }: Props) {
  const id = useId()
  const { includes } = group
  const lines = [...(includes ? [miniAppMessages.shop.includes(includes)] : []), ...group.features]
  return (
    <section className={page.card} aria-labelledby={id}>
      <div className={styles.top}>
        <h2 id={id} className={styles.title}>
          {group.title}
        </h2>
        <ul className={styles.features}>
          {lines.map((line) => (
            <li key={line}>
              <Icon name="check" size={18} />
              {line}
            </li>
          ))}
        </ul>
      </div>
      {group.offers.map((offer) => (
        <PlanRow
          key={offer.code}
          offer={offer}
          state={states.get(offer.code)}
          isSelected={offer.code === selected}
          onSelect={onSelect}
        />
      ))}
    </section>
  )
}
