import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadCatalogue } from '@/app/(web)/catalogue'
import { loadOwned } from '@/app/(web)/owned'
import { pageMetadata } from '@/app/(web)/page-metadata'
import { loadSite } from '@/app/(web)/site'
import { nonce } from '@/app/nonce'
import { JsonLd } from '@/components/web/json-ld'
import { PlanPage } from '@/components/web/plan-page'
import { RetiredPlan } from '@/components/web/retired-plan'
import { productData } from '@/components/web/search-data'
import { includedIn, offerOf, tierNames } from '@/components/web/tiers'
import { env } from '@/lib/platform/env'
import { Payment } from './payment'

type Props = { params: Promise<{ code: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { plan, offer } = await loadOffer(params)
  const facts = { title: plan.name, description: plan.description, path: `/plans/${plan.code}` }
  const metadata = await pageMetadata(facts)
  return offer ? metadata : { ...metadata, robots: { index: false } }
}

export default async function PlanPageRoute({ params }: Props) {
  const { plan, offer, plans, names, site } = await loadOffer(params)
  if (!offer) return <RetiredPlan />

  const owned = (await loadOwned(plans)).get(plan.code)
  return (
    <>
      <PlanPage
        offer={offer}
        {...includedIn(plan, plans, names)}
        owned={owned?.note ?? null}
        upgrade={tierNames(plan, plans)}
        panel={<Payment plan={plan} plans={plans} />}
      />
      <JsonLd
        data={productData(offer, site, `${env().APP_URL}/plans/${plan.code}`)}
        nonce={await nonce()}
      />
    </>
  )
}

async function loadOffer(params: Props['params']) {
  const [{ code }, { plans, names }, site] = await Promise.all([
    params,
    loadCatalogue(),
    loadSite(),
  ])
  const plan = plans.find((each) => each.code === code)
  if (!plan) notFound()
  return { plan, offer: offerOf(plan), plans, names, site }
}
