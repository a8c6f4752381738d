import { SkeletonLine } from '@/components/ui/skeleton'
import { miniAppMessages } from '@/lib/messages/mini-app'
import page from './page.module.css'
import row from './plan-row.module.css'
import tier from './tier-card.module.css'

const cards = [
  { key: 'first', features: 2, plans: 2 },
  { key: 'second', features: 4, plans: 3 },
]

/** The shape of the plans while they are on their way, line for line. */
export function ShopSkeleton() {
  return (
    <div role="status" aria-label={miniAppMessages.loading}>
      {cards.map(({ key, features, plans }) => (
        <div key={key} className={`${page.card} ${tier.placeholder}`}>
          <div className={tier.top}>
            <p className={tier.title}>
              <SkeletonLine width="short" />
            </p>
            <ul className={tier.features} aria-hidden="true">
              {Array.from({ length: features }, (_, at) => (
                <li key={`feature ${at}`}>
                  <SkeletonLine width="half" />
                </li>
              ))}
            </ul>
          </div>
          {Array.from({ length: plans }, (_, at) => (
            <div key={`plan ${at}`} className={row.row}>
              <span className={row.dot} />
              <span className={row.words}>
                <SkeletonLine width="half" />
              </span>
              <SkeletonLine width="short" />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
