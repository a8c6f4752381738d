import type { Metadata } from 'next'
import { pageMetadata } from '@/app/(web)/page-metadata'
import { shopFacts, shopSettings } from '@/app/(web)/site'
import { Article } from '@/components/web/article'
import { articleBlocks } from '@/lib/domain/settings/texts'
import { webMessages } from '@/lib/messages/web'

const { heading, text } = webMessages.privacy

export function generateMetadata(): Promise<Metadata> {
  return pageMetadata({ title: heading, path: '/privacy' })
}

export default async function PrivacyPage() {
  const [{ privacy }, facts] = await Promise.all([shopSettings(), shopFacts()])
  return <Article heading={heading} blocks={articleBlocks(privacy || text(facts))} />
}
