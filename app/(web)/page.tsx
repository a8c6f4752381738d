import type { Metadata } from 'next'
import { Hero, Steps, TierPreview } from '@/components/web/landing'
import { Questions } from '@/components/web/questions'
import { loadCatalogue } from './catalogue'
import { pageMetadata } from './page-metadata'
import { shopQuestions } from './questions'
import { loadSite } from './site'

export function generateMetadata(): Promise<Metadata> {
  return pageMetadata({ title: null, path: '/' })
}

export default async function HomePage() {
  const [site, { families }, questions] = await Promise.all([
    loadSite(),
    loadCatalogue(),
    shopQuestions(),
  ])
  const highest = families[0]?.tiers.at(-1)?.name ?? null
  return (
    <>
      <Hero site={site} tierName={highest} />
      <TierPreview families={families} />
      <Steps />
      <Questions questions={questions} />
    </>
  )
}
