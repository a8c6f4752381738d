import { Article } from '@/components/web/article'
import { webMessages } from '@/lib/messages/web'

const { heading, sections } = webMessages.terms

export const metadata = { title: heading }

export default function TermsPage() {
  return <Article heading={heading} sections={sections} />
}
