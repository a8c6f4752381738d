import type { Metadata } from 'next'
import { loadCatalogue } from '@/app/(web)/catalogue'
import { loadOwned } from '@/app/(web)/owned'
import { pageMetadata } from '@/app/(web)/page-metadata'
import { shopQuestions } from '@/app/(web)/questions'
import { loadSite } from '@/app/(web)/site'
import { nonce } from '@/app/nonce'
import { Catalogue } from '@/components/web/catalogue'
import { JsonLd } from '@/components/web/json-ld'
import { PageHeading } from '@/components/web/page-heading'
import { Questions } from '@/components/web/questions'
import { questionsData } from '@/components/web/search-data'
import { webMessages } from '@/lib/messages/web'

const { title, intro, introCards } = webMessages.plans

export function generateMetadata(): Promise<Metadata> {
  return pageMetadata({ title, path: '/plans' })
}

export default async function PlansPage() {
  const [{ plans, families }, site, questions] = await Promise.all([
    loadCatalogue(),
    loadSite(),
    shopQuestions(),
  ])
  const owned = await loadOwned(plans)
  return (
    <>
      <PageHeading heading={title} intro={site.payment.takesCards ? introCards : intro} />
      <Catalogue families={families} owned={owned} />
      <Questions questions={questions} />
      <JsonLd data={questionsData(questions)} nonce={await nonce()} />
    </>
  )
}
