import type { Metadata } from 'next'
import { pageMetadata } from '@/app/(web)/page-metadata'
import { shopFacts, shopSettings } from '@/app/(web)/site'
import { Article } from '@/components/web/article'
import { articleBlocks } from '@/lib/domain/settings/texts'
import { webMessages } from '@/lib/messages/web'

const { heading, text } = webMessages.terms

export function generateMetadata(): Promise<Metadata> {
  return pageMetadata({ title: heading, path: '/terms' })
}

export default async function TermsPage() {
  const [{ terms }, facts] = await Promise.all([shopSettings(), shopFacts()])
  return <Article heading={heading} blocks={articleBlocks(terms || text(facts))} />
}
