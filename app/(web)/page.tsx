import type { Metadata } from 'next'
import { Hero, Steps, TierPreview } from '@/components/web/landing'
import { Questions } from '@/components/web/questions'
import { Welcome } from '@/components/web/welcome'
import { loadCatalogue } from './catalogue'
import { loadHeld, loadOwned } from './owned'
import { pageMetadata } from './page-metadata'
import { shopQuestions } from './questions'
import { loadSite } from './site'

export function generateMetadata(): Promise<Metadata> {
  return pageMetadata({ title: null, path: '/' })
}

export default async function HomePage() {
  const [site, { plans, families }, questions] = await Promise.all([
    loadSite(),
    loadCatalogue(),
    shopQuestions(),
  ])
  const [holder, owned] = await Promise.all([loadHeld(plans), loadOwned(plans)])
  const highest = families[0]?.tiers.at(-1)?.name ?? null
  return (
    <>
      {holder ? (
        <Welcome site={site} {...holder} tierName={holder.tierName ?? highest} />
      ) : (
        <Hero site={site} tierName={highest} />
      )}
      <TierPreview families={families} owned={owned} />
      {holder?.held.length ? null : <Steps takesCards={site.payment.takesCards} />}
      <Questions questions={questions} />
    </>
  )
}
