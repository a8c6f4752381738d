import { SkeletonLine } from '@/components/ui/skeleton'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { Header } from './frame'
import { RowLink } from './links'
import page from './page.module.css'
import row from './plan-row.module.css'
import tier from './tier-card.module.css'

const cards = [
  { key: 'first', features: ['1', '2'], plans: ['1', '2'] },
  { key: 'second', features: ['1', '2', '3', '4'], plans: ['1', '2', '3', '4'] },
]

/** The shape of the plans while they are on their way, line for line. */
export function ShopSkeleton() {
  const { shop } = miniAppMessages
  return (
    <>
      <Header heading={shop.heading} intro={shop.intro} />
      <div role="status" aria-label={miniAppMessages.loading}>
        {cards.map(({ key, features, plans }) => (
          <div key={key} className={`${page.card} ${tier.placeholder}`}>
            <div className={tier.top}>
              <p className={tier.title}>
                <SkeletonLine width="short" />
              </p>
              <ul className={tier.features} aria-hidden="true">
                {features.map((at) => (
                  <li key={at}>
                    <SkeletonLine width="half" />
                  </li>
                ))}
              </ul>
            </div>
            {plans.map((at) => (
              <div key={at} className={row.row}>
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
      <RowLink href="/app/account">{shop.account}</RowLink>
    </>
  )
}
