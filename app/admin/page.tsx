import type { Metadata } from 'next'
import styles from '@/components/admin/overview/overview.module.css'
import { Ranges } from '@/components/admin/overview/ranges'
import { SalesCardsComing } from '@/components/admin/overview/sales-cards'
import { PageHead } from '@/components/admin/page-head'
import { Empty } from '@/components/admin/panel'
import { SkeletonLine } from '@/components/ui/skeleton'
import { requireAdmin } from '@/lib/auth/current-admin'
import { findOverview } from '@/lib/domain/figures/queries'
import { overviewQuery } from '@/lib/domain/figures/schema'
import { overviewMessages as words } from '@/lib/messages/admin-overview'
import { Coming, OverviewPart } from './overview-part'
import { BotStars, By, Course, Days, Freshness, Sales } from './overview-parts'

export const metadata: Metadata = { title: words.title }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function OverviewPage({ searchParams }: Props) {
  const admin = await requireAdmin()
  const { days } = overviewQuery.parse(await searchParams)
  const reading = findOverview(admin, days)
  // Each part tells of it in its place; before one waits, nobody would.
  reading.catch(() => {})
  const { sales, range, facts, groups, stars } = words
  const coming = (size: string | undefined) => (
    <div className={size}>
      <Empty>{words.loading}</Empty>
    </div>
  )
  const freshness = (
    <>
      <Coming
        load={() => Freshness(admin)}
        coming={<SkeletonLine width="half" />}
        away={words.away}
      />{' '}
      {words.intro}
    </>
  )
  return (
    <>
      <PageHead heading={words.title} text={freshness}>
        <Ranges range={days} />
      </PageHead>
      <OverviewPart
        heading={sales.heading}
        text={sales.text}
        coming={<SalesCardsComing />}
        load={() => Sales(reading, admin)}
      />
      <OverviewPart
        heading={range.heading(days)}
        coming={coming(styles.tall)}
        load={() => Days(reading)}
      />
      <OverviewPart
        heading={facts.heading}
        text={range.heading(days)}
        coming={coming(styles.tall)}
        load={() => Course(reading)}
      />
      <OverviewPart
        heading={groups.plans}
        text={range.heading(days)}
        coming={coming(styles.tall)}
        load={() => By('plans', reading)}
      />
      <OverviewPart
        heading={groups.methods}
        text={range.heading(days)}
        coming={coming(styles.short)}
        load={() => By('methods', reading)}
      />
      <OverviewPart
        heading={stars.heading}
        text={stars.text}
        coming={coming(styles.short)}
        load={() => BotStars(admin)}
        away={<Empty>{stars.away}</Empty>}
      />
    </>
  )
}
