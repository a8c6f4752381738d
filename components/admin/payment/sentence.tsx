import Link from 'next/link'
import { Moment } from '@/components/admin/moment'
import type { Part } from '@/lib/messages/admin-payment'

/** Words with moments in the reader's zone and links between them. */
export function Sentence({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, index) => {
    // The parts of a sentence never change places.
    const key = index
    if (typeof part === 'string') return part
    if ('at' in part) return <Moment key={key} at={part.at} />
    return (
      <Link key={key} href={part.link} prefetch={false}>
        {part.to}
      </Link>
    )
  })
}
