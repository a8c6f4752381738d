import { Article } from '@/components/web/article'
import { webMessages } from '@/lib/messages/web'

const { heading, sections } = webMessages.privacy

export const metadata = { title: heading }

export default function PrivacyPage() {
  return <Article heading={heading} sections={sections} />
}
